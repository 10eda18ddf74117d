#!/usr/bin/env bash
# world-countries 5.1.0 (an npm package), the list of countries that many name tables are made from.
#
# A good guess: within one language a country's common name leads back to that country. Seen: the translations of several
# languages call two countries by one name, and some of these are plainly another country's name: in Polish Cameroon is
# called Ivory Coast and South Sudan is called Sudan, in Hungarian Tanzania is called Tajikistan, in Persian Guinea is
# called Papua New Guinea. A table from name to code made of them answers with a wrong country and reports nothing; which
# of the two it is depends on the order of the list. In French both halves of one island share a name.
#
# Needs Node.js and npm. Ends with 0 as long as this holds.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund world-countries@5.1.0
cat >names.cjs <<'JS'
const list = require('world-countries/countries.json');
const version = require('world-countries/package.json').version;
const called = (language, name) =>
    list.filter((one) => one.translations[language]?.common.toLowerCase() === name.toLowerCase()).map((one) => one.name.common).sort().join(' + ');
let changed = 0;
for (const [language, name, both] of [
    ['pol', 'Wybrzeże Kości Słoniowej', 'Cameroon + Ivory Coast'],
    ['pol', 'Sudan', 'South Sudan + Sudan'],
    ['hun', 'Tádzsikisztán', 'Tajikistan + Tanzania'],
    ['per', 'پاپوآ گینه نو', 'Guinea + Papua New Guinea'],
    ['fra', 'Saint-Martin', 'Saint Martin + Sint Maarten'],
]) {
    const seen = called(language, name);
    console.log(`world-countries ${version}, ${language}: "${name}" is the name of ${seen}`);
    changed += seen !== both;
}
process.exit(changed ? 1 : 0);
JS
node names.cjs
