-- Network servers; a token only sealed.
CREATE TABLE network_server (
  name TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  address TEXT NOT NULL,
  application TEXT NOT NULL,
  frequency_plans TEXT NOT NULL,
  allows_plain_http INTEGER NOT NULL,
  authorities TEXT NOT NULL,
  token BYTEA,
  version INTEGER NOT NULL
);
