#!/usr/bin/env bash
# s3rver 3.7.1 (npm), a server with S3's protocol for tests.
#
# A good guess: a server with S3's protocol that knows nothing of conditional writes refuses a PUT with "If-None-Match: *", as
# RFC 9110 (13.1.2) has it: 412 where the object is there, or at least 501 for what it does not do. Seen: it answers 200 to the
# second PUT as to the first, and the second content takes the place of the first. So a program that makes its log safe by
# creating objects only where there are none learns nothing from success: against each store it is used with it must try once
# whether a second creation is refused, and say so if it is not.
#
# Needs Node.js and npm. Ends with 0 as long as this holds.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts s3rver@3.7.1 >/dev/null
cat >try.js <<'JS'
const assert = require("node:assert/strict");
const http = require("node:http");
const S3rver = require("s3rver");

function ask(port, method, headers, body) {
  return new Promise((done, failed) => {
    const request = http.request({ port, host: "127.0.0.1", method, path: "/box/one", headers }, (response) => {
      let text = "";
      response.on("data", (part) => (text += part));
      response.on("end", () => done({ status: response.statusCode, text }));
    });
    request.on("error", failed);
    request.end(body);
  });
}

async function main() {
  const options = { port: 0, address: "127.0.0.1", silent: true, directory: process.cwd(), configureBuckets: [{ name: "box" }] };
  const server = new S3rver({ ...options, allowMismatchedSignatures: true });
  const { port } = await server.run();
  const absent = { "If-None-Match": "*", "Content-Type": "text/plain" };
  const first = await ask(port, "PUT", absent, "first");
  const second = await ask(port, "PUT", absent, "second");
  const read = await ask(port, "GET", {}, "");
  await server.close();
  console.log(`s3rver 3.7.1: created ${first.status}, created again ${second.status}, then read "${read.text}"`);
  assert.deepEqual([first.status, second.status, read.text], [200, 200, "second"]);
}
main();
JS
node try.js
