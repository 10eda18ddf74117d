//! Where the log of revisions is kept: from an address to a store, with credentials from the environment, and what is
//! told of a store that fails.
//!
//! The stores speak HTTP through the program's own client, so that there is one TLS stack and no C compiler is needed.
//! Nothing of a request or of a store's answer is told but its status and error code: the rest may hold signatures.

use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use http_body_util::{BodyExt, Limited};
use hyper::Method;
use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse, HttpResponseBody, HttpService,
};
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::path::Path as Location;
use object_store::{BackoffConfig, ClientConfigKey, ClientOptions, ObjectStore, RetryConfig};
use url::Url;

/// The stores' variables of the environment, by their names in lower case.
pub(crate) type Variables = BTreeMap<String, String>;

/// How long connecting to a store may take.
const CONNECT: Duration = Duration::from_secs(2);

/// How often a request is tried again after an answer that says so, or none. The log's own limits end it sooner.
const RETRIES: usize = 2;

/// The pause before the first retry, and the longest one.
const PAUSES: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(1));

/// After how long no further retry begins.
const RETRIED_FOR: Duration = Duration::from_secs(3);

/// The longest answer that is read of a store, in bytes, unless it is an object's content, which whoever asks for it reads piece
/// by piece. The longest lists have 5,000 names (Azure), with less than 2,000 bytes said of each.
const LONGEST_ANSWER: usize = 16 * 1_024 * 1_024;

/// A store, and where in it the log is.
pub(crate) struct OpenedStore {
    pub store: Arc<dyn ObjectStore>,
    pub prefix: Location,
    /// What to say in addition when the store fails.
    pub hint: Option<&'static str>,
}

/// Other names under which the stores' own tools know a variable, and the one that is read here.
const ALIASES: [(&str, &str); 2] =
    [("azure_storage_account", "azure_storage_account_name"), ("azure_storage_key", "azure_storage_account_key")];

/// A variable that would let two replicas create the same revision.
const UNSAFE: &str = "aws_conditional_put";

/// Variables of which one is there when an operator has given credentials for S3.
const AWS_CREDENTIALS: [&str; 5] = [
    "aws_access_key_id",
    "aws_web_identity_token_file",
    "aws_container_credentials_relative_uri",
    "aws_container_credentials_full_uri",
    "aws_skip_signature",
];

/// The same for Google Cloud Storage.
const GOOGLE_CREDENTIALS: [&str; 6] = [
    "google_application_credentials",
    "google_service_account",
    "google_service_account_path",
    "google_service_account_key",
    "google_bearer_token",
    "google_skip_signature",
];

/// The same for Azure.
const AZURE_CREDENTIALS: [&str; 11] = [
    "azure_storage_account_key",
    "azure_storage_access_key",
    "azure_storage_master_key",
    "azure_storage_sas_key",
    "azure_storage_sas_token",
    "azure_storage_token",
    "azure_storage_client_secret",
    "azure_client_secret",
    "azure_federated_token_file",
    "azure_use_azure_cli",
    "azure_skip_signature",
];

const NO_AWS_KEY: &str =
    "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set, and so the machine's own role is used";

const NO_GOOGLE_KEY: &str =
    "GOOGLE_APPLICATION_CREDENTIALS names no file with a key, and so the machine's own account is used";

const NO_AZURE_KEY: &str =
    "neither AZURE_STORAGE_ACCOUNT_KEY nor AZURE_STORAGE_SAS_TOKEN is set, and so the machine's own identity is used";

/// Opens the store at an address `s3://bucket/prefix`, `gs://bucket/prefix` or `az://container/prefix`.
///
/// Nothing is sent yet. The error tells what is wrong with the address or with the variables, by name, never by value.
pub(crate) fn open(url: &Url, mut variables: Variables) -> Result<OpenedStore, String> {
    variables.retain(|name, value| !value.trim().is_empty() && name != UNSAFE);
    for (other, name) in ALIASES {
        if let Some(value) = variables.get(other).cloned() {
            variables.entry(name.to_owned()).or_insert(value);
        }
    }
    let prefix = Location::from_url_path(url.path()).map_err(|error| format!("its path cannot be used: {error}"))?;
    let hint = |names: &[&str], hint| (!names.iter().any(|name| variables.contains_key(*name))).then_some(hint);
    let (store, hint) = match url.scheme() {
        "s3" => (s3(url, &variables)?, hint(&AWS_CREDENTIALS, NO_AWS_KEY)),
        "gs" => (google(url, &variables)?, hint(&GOOGLE_CREDENTIALS, NO_GOOGLE_KEY)),
        "az" => (azure(url, &variables)?, hint(&AZURE_CREDENTIALS, NO_AZURE_KEY).filter(|_| !emulator(&variables))),
        other => return Err(format!("{other}:// is no store: it is one of file://, s3://, gs:// and az://")),
    };
    Ok(OpenedStore { store, prefix, hint })
}

fn s3(url: &Url, variables: &Variables) -> Result<Arc<dyn ObjectStore>, String> {
    let has = |name: &str| variables.contains_key(name);
    match (has("aws_access_key_id"), has("aws_secret_access_key")) {
        (true, false) => return Err("AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY: set both".to_owned()),
        (false, true) => return Err("AWS_SECRET_ACCESS_KEY is set without AWS_ACCESS_KEY_ID: set both".to_owned()),
        _ => {}
    }
    for endpoint in ["aws_endpoint", "aws_endpoint_url", "aws_endpoint_url_s3"] {
        encrypted(variables, endpoint, "aws_allow_http")?;
    }
    let builder = AmazonS3Builder::new().with_url(url.as_str());
    let builder = configured(builder, variables, "aws_", AmazonS3Builder::with_config);
    let store = builder.with_http_connector(Connector).with_retry(retries()).build();
    Ok(Arc::new(store.map_err(|error| format!("a value in AWS_… cannot be used: {}", deepest(&error)))?))
}

fn google(url: &Url, variables: &Variables) -> Result<Arc<dyn ObjectStore>, String> {
    let builder = GoogleCloudStorageBuilder::new().with_url(url.as_str());
    let builder = configured(builder, variables, "google_", GoogleCloudStorageBuilder::with_config);
    let store = builder.with_http_connector(Connector).with_retry(retries()).build();
    // An error of reading a key might quote it.
    let reason = |error: object_store::Error| match causes(&error).find(|cause| cause.is::<std::io::Error>()) {
        Some(cause) => format!("the file with Google's key (GOOGLE_APPLICATION_CREDENTIALS) cannot be read: {cause}"),
        None => "a value in GOOGLE_… cannot be used: give one key, as a service account's JSON".to_owned(),
    };
    Ok(Arc::new(store.map_err(reason)?))
}

fn azure(url: &Url, variables: &Variables) -> Result<Arc<dyn ObjectStore>, String> {
    if !emulator(variables) {
        if !variables.contains_key("azure_storage_account_name") {
            let unread = "AZURE_STORAGE_CONNECTION_STRING is not read; ";
            let unread = variables.get("azure_storage_connection_string").map_or("", |_| unread);
            return Err(format!(
                "{unread}AZURE_STORAGE_ACCOUNT_NAME is not set: set it to the storage account's name, and its key in \
                 AZURE_STORAGE_ACCOUNT_KEY"
            ));
        }
        for endpoint in ["azure_storage_endpoint", "azure_endpoint"] {
            encrypted(variables, endpoint, "azure_allow_http")?;
        }
    }
    let builder = MicrosoftAzureBuilder::new().with_url(url.as_str());
    let builder = configured(builder, variables, "azure_", MicrosoftAzureBuilder::with_config);
    let store = builder.with_http_connector(Connector).with_retry(retries()).build();
    Ok(Arc::new(store.map_err(|error| format!("a value in AZURE_… cannot be used: {}", deepest(&error)))?))
}

/// Whether Azure's emulator is meant.
fn emulator(variables: &Variables) -> bool {
    variables.get("azure_storage_use_emulator").is_some_and(|value| is_true(value))
}

/// Gives a builder what the variables with its prefix say. Those that it does not know are for others.
fn configured<B, K: FromStr>(builder: B, variables: &Variables, prefix: &str, with: fn(B, K, String) -> B) -> B {
    let own = variables.iter().filter(|(name, _)| name.starts_with(prefix));
    own.fold(builder, |builder, (name, value)| match name.parse() {
        Ok(key) => with(builder, key, value.clone()),
        Err(_) => builder,
    })
}

/// Refuses an endpoint to which everything would go unencrypted, unless that is wanted.
fn encrypted(variables: &Variables, endpoint: &str, unless: &str) -> Result<(), String> {
    let plain = variables.get(endpoint).is_some_and(|value| value.trim_start().to_lowercase().starts_with("http://"));
    let wanted = variables.get(unless).is_some_and(|value| is_true(value));
    if !plain || wanted {
        return Ok(());
    }
    let (endpoint, unless) = (endpoint.to_uppercase(), unless.to_uppercase());
    Err(format!("{endpoint} begins with http://, where nothing is encrypted: use https://, or set {unless}=true"))
}

/// How object_store reads a switch.
fn is_true(value: &str) -> bool {
    matches!(value.to_ascii_lowercase().as_str(), "1" | "true" | "on" | "yes" | "y")
}

fn retries() -> RetryConfig {
    let backoff = BackoffConfig { init_backoff: PAUSES.0, max_backoff: PAUSES.1, base: 2.0 };
    RetryConfig { backoff, max_retries: RETRIES, retry_timeout: RETRIED_FOR }
}

// --- What failed -----------------------------------------------------------------------------------------------------

/// What is the matter with a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum StoreFault {
    /// It was not reached at all: nothing of the request has arrived.
    Unconnected(String),
    /// It gave no answer, or one that says that it is not well. The request may have arrived.
    Silent(String),
    /// It answered that it will not.
    Refuses(String),
}

/// What object_store says of a store that answers with a redirect and no address.
const BARE_REDIRECT: &str = "Received redirect without LOCATION";

const ELSEWHERE: &str =
    "it is elsewhere: the region (AWS_REGION) or the endpoint is not that of this bucket or container";

/// What is the matter, told without anything that may be secret.
pub(crate) fn store_fault(error: &object_store::Error) -> StoreFault {
    if let Some(http) = causes(error).find_map(|cause| cause.downcast_ref::<HttpError>()) {
        let reason = deepest(http);
        return match http.kind() {
            HttpErrorKind::Connect => StoreFault::Unconnected(reason),
            HttpErrorKind::Timeout => StoreFault::Silent("it did not answer in time".to_owned()),
            _ => StoreFault::Silent(reason),
        };
    }
    let text = deepest(error);
    let code = code(&text).map(|code| format!(" ({code})")).unwrap_or_default();
    // Some calls tell the kind of failure, others only its status.
    let status = status(&text).or(match error {
        object_store::Error::NotFound { .. } => Some(404),
        object_store::Error::PermissionDenied { .. } => Some(403),
        object_store::Error::Unauthenticated { .. } => Some(401),
        _ => None,
    });
    StoreFault::Refuses(match (error, status) {
        (object_store::Error::NotImplemented { .. } | object_store::Error::NotSupported { .. }, _) => {
            "it cannot create an object only if it is not there yet".to_owned()
        }
        (_, Some(404)) => format!("there is no such bucket or container{code}: create it"),
        (_, Some(401 | 403)) => {
            format!("the credentials may not do this{code}: it takes listing, reading and creating")
        }
        (_, Some(301 | 302 | 307 | 308)) => ELSEWHERE.to_owned(),
        (_, None) if text.starts_with(BARE_REDIRECT) => ELSEWHERE.to_owned(),
        (_, Some(501)) => format!(
            "it does not know what it is asked{code}: it must list objects from a name on, and create one only if it is \
             not there yet (If-None-Match)"
        ),
        (_, Some(status)) if status >= 500 || status == 429 => {
            return StoreFault::Silent(format!("it answers {status}{code}"));
        }
        (_, Some(status)) => format!("it answers {status}{code}"),
        (_, None) => format!("it answers what no such store does{code}: is the address of the endpoint right?"),
    })
}

/// The errors from the outermost to the innermost.
fn causes<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    // Through the reference: that of the reference itself would live too short.
    std::iter::successors(Some(error), |error| (*error).source())
}

/// What the innermost error says.
fn deepest(error: &(dyn StdError + 'static)) -> String {
    causes(error).last().map(ToString::to_string).unwrap_or_default()
}

/// The HTTP status in object_store's text of an answer.
fn status(text: &str) -> Option<u16> {
    let (_, after) = text.split_once("status code: ")?;
    after.split(|digit: char| !digit.is_ascii_digit()).next()?.parse().ok()
}

/// The error code in a store's XML.
fn code(text: &str) -> Option<&str> {
    let (_, after) = text.split_once("<Code>")?;
    let (code, _) = after.split_once("</Code>")?;
    ((1..=80).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(code)
}

// --- HTTP ------------------------------------------------------------------------------------------------------------

/// Makes the stores' HTTP clients.
#[derive(Debug)]
struct Connector;

impl HttpConnector for Connector {
    fn connect(&self, options: &ClientOptions) -> object_store::Result<HttpClient> {
        let plain = options.get_config_value(&ClientConfigKey::AllowHttp).is_some_and(|value| is_true(&value));
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT)
            .https_only(!plain)
            // A store says where it is with an error; credentials go nowhere else.
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| object_store::Error::Generic { store: "HTTP", source: Box::new(error) })?;
        Ok(HttpClient::new(Client(client)))
    }
}

/// The program's HTTP client, as object_store uses one.
#[derive(Debug)]
struct Client(reqwest::Client);

#[async_trait]
impl HttpService for Client {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let (parts, body) = request.into_parts();
        let lists = parts.uri.query().is_some_and(|query| query.split('&').any(|one| LISTS.contains(&one)));
        let content = parts.method == Method::GET && !lists;
        let url = Url::parse(&parts.uri.to_string()).map_err(|error| HttpError::new(HttpErrorKind::Unknown, error))?;
        let mut request = reqwest::Request::new(parts.method, url);
        *request.headers_mut() = parts.headers;
        *request.body_mut() = Some(reqwest::Body::wrap(body));
        let response = self.0.execute(request).await.map_err(http_error)?;
        let (parts, body) = hyper::Response::<reqwest::Body>::from(response).into_parts();
        let body = match content && parts.status.is_success() {
            true => HttpResponseBody::new(body.map_err(http_error)),
            // object_store holds the whole of these.
            false => HttpResponseBody::new(Limited::new(body, LONGEST_ANSWER).map_err(limited)),
        };
        Ok(HttpResponse::from_parts(parts, body))
    }
}

/// What asks a store for a list: S3 and Google, and Azure.
const LISTS: [&str; 2] = ["list-type=2", "comp=list"];

/// An answer that goes on and on.
#[derive(Debug, thiserror::Error)]
#[error("its answer is longer than any store's")]
struct TooLong;

/// The same for a body that is read so far and no further.
fn limited(error: Box<dyn StdError + Send + Sync>) -> HttpError {
    match error.downcast::<reqwest::Error>() {
        Ok(error) => http_error(*error),
        Err(_) => HttpError::new(HttpErrorKind::Unknown, TooLong),
    }
}

/// An error by what it means for trying again. The address, which may be signed, is taken out.
fn http_error(error: reqwest::Error) -> HttpError {
    let kind = if error.is_connect() {
        HttpErrorKind::Connect
    } else if error.is_timeout() {
        HttpErrorKind::Timeout
    } else {
        causes(&error).find_map(kind).unwrap_or(HttpErrorKind::Unknown)
    };
    HttpError::new(kind, error.without_url())
}

fn kind(cause: &(dyn StdError + 'static)) -> Option<HttpErrorKind> {
    use std::io::ErrorKind;

    if let Some(error) = cause.downcast_ref::<hyper::Error>() {
        // A connection that was kept for later and is closed by the other side.
        return (error.is_closed() || error.is_incomplete_message()).then_some(HttpErrorKind::Interrupted);
    }
    match cause.downcast_ref::<std::io::Error>()?.kind() {
        ErrorKind::TimedOut => Some(HttpErrorKind::Timeout),
        ErrorKind::ConnectionAborted
        | ErrorKind::ConnectionReset
        | ErrorKind::BrokenPipe
        | ErrorKind::UnexpectedEof => Some(HttpErrorKind::Interrupted),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(url: &str, variables: &[(&str, &str)]) -> Result<OpenedStore, String> {
        let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        open(&Url::parse(url).expect(url), variables)
    }

    #[test]
    fn each_scheme_opens_its_store_with_its_own_variables() {
        let aws = [("aws_access_key_id", "AK"), ("aws_secret_access_key", "SK"), ("aws_conditional_put", "disabled")];
        let azure = [("azure_storage_account", "account"), ("azure_storage_key", "a2V5")];
        let emulator = [("azure_storage_use_emulator", "true")];
        for (url, variables, store, prefix) in [
            ("s3://bucket/a/b", &aws[..], "AmazonS3(bucket)", "a/b"),
            ("s3://bucket", &aws, "AmazonS3(bucket)", ""),
            ("gs://bucket/%C3%A9", &[("google_skip_signature", "true")], "GoogleCloudStorage(bucket)", "é"),
            ("az://container/a", &azure, "MicrosoftAzure { account: account, container: container }", "a"),
            ("az://box", &emulator, "MicrosoftAzure { account: devstoreaccount1, container: box }", ""),
        ] {
            let opened = opened(url, variables).unwrap_or_else(|error| panic!("{url}: {error}"));
            assert_eq!((opened.store.to_string().as_str(), opened.prefix.as_ref()), (store, prefix), "{url}");
            assert_eq!(opened.hint, None, "{url}");
        }
        let hint = opened("s3://bucket", &[]).expect("the machine's role").hint;
        assert_eq!(hint, Some(NO_AWS_KEY));
    }

    #[test]
    fn what_is_missing_is_named_and_no_value_is_shown() {
        for (url, variables, told) in [
            ("s3://b", &[("aws_access_key_id", "SECRET")][..], "AWS_SECRET_ACCESS_KEY"),
            ("s3://b", &[("aws_secret_access_key", "SECRET")], "AWS_ACCESS_KEY_ID"),
            ("s3://b", &[("aws_endpoint", "http://127.0.0.1:1")], "AWS_ALLOW_HTTP=true"),
            ("s3://b", &[("aws_endpoint_url", "HTTP://127.0.0.1:1")], "AWS_ALLOW_HTTP=true"),
            ("az://c", &[("azure_storage_key", "SECRET")], "AZURE_STORAGE_ACCOUNT_NAME is not set"),
            ("az://c", &[("azure_storage_connection_string", "SECRET")], "CONNECTION_STRING is not read"),
            ("az://c", &[("azure_storage_account", "a"), ("azure_storage_key", "!SECRET!")], "AZURE_"),
            ("gs://b", &[("google_service_account_key", "\"SECRET\"")], "GOOGLE_"),
            ("gs://b", &[("google_service_account", "/nowhere/SECRET.json")], "cannot be read"),
            ("ftp://b", &[], "file://, s3://, gs:// and az://"),
        ] {
            let error = opened(url, variables).err().unwrap_or_else(|| panic!("{url} {variables:?} is opened"));
            assert!(error.contains(told), "{url}: {error}");
            assert!(!error.contains("SECRET") || error.contains("AWS_SECRET"), "{url}: {error}");
        }
    }

    #[test]
    fn of_an_answer_only_its_status_and_code_are_told() {
        let text =
            "Server returned non-2xx status code: 400 Bad Request: <Error><Code>InvalidRange</Code>secret</Error>";
        assert_eq!((status(text), code(text)), (Some(400), Some("InvalidRange")));
        let error = object_store::Error::Generic { store: "S3", source: text.into() };
        assert_eq!(store_fault(&error), StoreFault::Refuses("it answers 400 (InvalidRange)".to_owned()));
        // A store that cannot do what it is asked is not one that does not answer.
        let text =
            "Server returned non-2xx status code: 501 Not Implemented: <Error><Code>NotImplemented</Code></Error>";
        let error = object_store::Error::Generic { store: "S3", source: text.into() };
        let StoreFault::Refuses(told) = store_fault(&error) else { panic!("it is told as unreachable") };
        assert!(told.contains("If-None-Match") && told.contains("(NotImplemented)"), "{told}");
        for text in ["", "status code: ", "status code: x", "<Code>", "<Code>a b</Code>", "<Code></Cod"] {
            assert_eq!(status(text), None, "{text}");
            assert_eq!(code(text), None, "{text}");
        }
    }
}
