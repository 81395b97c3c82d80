/**
 * The catalogue's versions; entry n brings version n to n + 1. Append only: released entries are on disks.
 * Columns bear the API's field names, so that a row is the object GraphQL reads from.
 */
export const migrations: readonly string[] = [
	`
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE organizations (
	organizationId TEXT PRIMARY KEY,
	name TEXT NOT NULL,
	hostOrganization INTEGER NOT NULL
) STRICT;

CREATE TABLE users (
	userId TEXT PRIMARY KEY,
	organizationId TEXT NOT NULL REFERENCES organizations,
	firstName TEXT,
	lastName TEXT,
	email TEXT,
	mobile TEXT,
	userAccountState TEXT NOT NULL,
	userRoles TEXT NOT NULL,
	lastActive TEXT
) STRICT;

CREATE TABLE tokens (
	tokenId TEXT PRIMARY KEY,
	userId TEXT NOT NULL REFERENCES users,
	name TEXT NOT NULL,
	tokenType TEXT NOT NULL,
	hash BLOB NOT NULL UNIQUE,
	dateCreated TEXT NOT NULL,
	dateExpires TEXT NOT NULL,
	lastActive TEXT
) STRICT;

CREATE TABLE stores (
	dataStoreId TEXT PRIMARY KEY,
	name TEXT NOT NULL,
	description TEXT,
	ownerUserId TEXT NOT NULL REFERENCES users,
	homeDirectoryId TEXT NOT NULL
) STRICT;

CREATE TABLE directories (
	dataStoreDirectoryId TEXT PRIMARY KEY,
	dataStoreId TEXT NOT NULL REFERENCES stores,
	parentDirectoryId TEXT REFERENCES directories,
	name TEXT NOT NULL,
	ownerUserId TEXT NOT NULL REFERENCES users
) STRICT;
CREATE INDEX directoriesByParent ON directories (parentDirectoryId);
CREATE INDEX directoriesByStore ON directories (dataStoreId);

CREATE TABLE files (
	dataStoreFileId TEXT PRIMARY KEY,
	dataStoreId TEXT NOT NULL REFERENCES stores,
	dataStoreDirectoryId TEXT NOT NULL REFERENCES directories,
	name TEXT NOT NULL,
	fileExtension TEXT NOT NULL,
	description TEXT,
	storageSizeBytes INTEGER,
	s3ConfirmedUpload INTEGER NOT NULL,
	lastModified TEXT NOT NULL,
	contentType TEXT NOT NULL,
	ownerUserId TEXT NOT NULL REFERENCES users,
	blob TEXT,
	blobOffset INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX filesByDirectory ON files (dataStoreDirectoryId);
CREATE INDEX filesByStore ON files (dataStoreId);
CREATE INDEX filesByBlob ON files (blob);

CREATE TABLE uploads (
	uploadId TEXT PRIMARY KEY,
	dataStoreFileId TEXT NOT NULL REFERENCES files ON DELETE CASCADE,
	created TEXT NOT NULL
) STRICT;
CREATE INDEX uploadsByFile ON uploads (dataStoreFileId);

CREATE TABLE archives (
	archiveId TEXT PRIMARY KEY,
	objects TEXT NOT NULL,
	created TEXT NOT NULL
) STRICT;
`,
	`
CREATE TABLE databases (
	timeSeriesDbId TEXT PRIMARY KEY,
	name TEXT NOT NULL,
	description TEXT,
	ownerUserId TEXT NOT NULL REFERENCES users,
	databaseName TEXT NOT NULL UNIQUE,
	tableName TEXT NOT NULL,
	sample TEXT,
	loaded INTEGER NOT NULL
) STRICT;

CREATE TABLE removedDatabases (timeSeriesDbId TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`,
	`
CREATE TABLE collaboratives (
	collaborativeId TEXT PRIMARY KEY,
	name TEXT NOT NULL,
	description TEXT,
	hostOrganizationId TEXT NOT NULL
) STRICT;

-- No reference to organizations and users: who has left the Exchange stays a member that nobody can name.
CREATE TABLE memberOrganizations (
	collaborativeId TEXT NOT NULL REFERENCES collaboratives,
	organizationId TEXT NOT NULL,
	memberState TEXT NOT NULL,
	submittedByUserId TEXT,
	submittedTimestamp TEXT,
	accessApprovedByUserId TEXT,
	PRIMARY KEY (collaborativeId, organizationId)
) STRICT;

CREATE TABLE memberUsers (
	collaborativeId TEXT NOT NULL REFERENCES collaboratives,
	organizationId TEXT NOT NULL,
	userId TEXT NOT NULL,
	permission TEXT NOT NULL,
	PRIMARY KEY (collaborativeId, userId)
) STRICT;
CREATE INDEX memberUsersByUser ON memberUsers (userId);

CREATE TABLE otherServices (
	serviceId TEXT PRIMARY KEY,
	serviceType TEXT NOT NULL,
	name TEXT NOT NULL,
	description TEXT,
	ownerUserId TEXT NOT NULL REFERENCES users,
	created TEXT NOT NULL
) STRICT;

CREATE TABLE shares (
	collaborativeId TEXT NOT NULL REFERENCES collaboratives,
	serviceId TEXT NOT NULL,
	serviceType TEXT NOT NULL,
	PRIMARY KEY (serviceId, serviceType, collaborativeId)
) STRICT;
CREATE INDEX sharesByCollaborative ON shares (collaborativeId);

CREATE TRIGGER storeRemoved AFTER DELETE ON stores BEGIN
	DELETE FROM shares WHERE serviceId = OLD.dataStoreId AND serviceType = 'DATA_STORE';
END;
CREATE TRIGGER databaseRemoved AFTER DELETE ON databases BEGIN
	DELETE FROM shares WHERE serviceId = OLD.timeSeriesDbId AND serviceType = 'TIME_SERIES_DB';
END;
`,
];
