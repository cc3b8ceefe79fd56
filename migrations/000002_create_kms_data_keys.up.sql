-- Data keys of the key management system: each is stored encrypted under a master key that never reaches the database.

CREATE TABLE IF NOT EXISTS kms_data_keys (
    id VARCHAR(36) PRIMARY KEY,
    version INTEGER NOT NULL,
    algorithm VARCHAR(50) NOT NULL DEFAULT 'AES-256-GCM',
    encrypted_key BYTEA NOT NULL,
    key_hash VARCHAR(64) NOT NULL,
    status VARCHAR(20) NOT NULL DEFAULT 'active',
    created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT CURRENT_TIMESTAMP,
    expires_at TIMESTAMP WITH TIME ZONE,
    metadata JSONB,

    CONSTRAINT kms_data_keys_status_check
        CHECK (status IN ('active', 'inactive', 'expired', 'revoked')),
    CONSTRAINT kms_data_keys_algorithm_check
        CHECK (algorithm IN ('AES-256-GCM', 'AES-256-CBC', 'ChaCha20-Poly1305', 'SM4-GCM'))
);

CREATE INDEX IF NOT EXISTS idx_kms_data_keys_version ON kms_data_keys (version);
CREATE INDEX IF NOT EXISTS idx_kms_data_keys_status ON kms_data_keys (status);
CREATE INDEX IF NOT EXISTS idx_kms_data_keys_created_at ON kms_data_keys (created_at);
CREATE INDEX IF NOT EXISTS idx_kms_data_keys_expires_at ON kms_data_keys (expires_at);
CREATE INDEX IF NOT EXISTS idx_kms_data_keys_key_hash ON kms_data_keys (key_hash);
CREATE INDEX IF NOT EXISTS idx_kms_data_keys_version_status ON kms_data_keys (version, status);

-- Only one active key per version.
CREATE UNIQUE INDEX IF NOT EXISTS idx_kms_data_keys_version_active
    ON kms_data_keys (version)
    WHERE status = 'active';

CREATE OR REPLACE FUNCTION update_kms_data_keys_updated_at()
RETURNS TRIGGER
LANGUAGE plpgsql
AS $$
BEGIN
    NEW.updated_at = CURRENT_TIMESTAMP;
    RETURN NEW;
END;
$$;

-- Not CREATE OR REPLACE TRIGGER: PostgreSQL knows that only from version 14 on.
DROP TRIGGER IF EXISTS trigger_update_kms_data_keys_updated_at ON kms_data_keys;
CREATE TRIGGER trigger_update_kms_data_keys_updated_at
    BEFORE UPDATE ON kms_data_keys
    FOR EACH ROW
    EXECUTE FUNCTION update_kms_data_keys_updated_at();

CREATE OR REPLACE VIEW kms_key_stats AS
SELECT
    status,
    algorithm,
    COUNT(*) AS key_count,
    MIN(created_at) AS oldest_key,
    MAX(created_at) AS newest_key,
    COUNT(*) FILTER (WHERE expires_at IS NOT NULL AND expires_at < CURRENT_TIMESTAMP) AS expired_count
FROM kms_data_keys
GROUP BY status, algorithm;

COMMENT ON TABLE kms_data_keys IS 'Data keys of the KMS, each encrypted under the master key';
COMMENT ON COLUMN kms_data_keys.id IS 'Unique identifier of the data key (UUID)';
COMMENT ON COLUMN kms_data_keys.version IS 'Version of the data key, rises with each rotation';
COMMENT ON COLUMN kms_data_keys.algorithm IS 'Algorithm that the data key is used with';
COMMENT ON COLUMN kms_data_keys.encrypted_key IS 'Data key, encrypted under the master key';
COMMENT ON COLUMN kms_data_keys.key_hash IS 'Hash of the plain data key, to verify it after decryption';
COMMENT ON COLUMN kms_data_keys.status IS 'active, inactive, expired or revoked';
COMMENT ON COLUMN kms_data_keys.created_at IS 'When the key was created';
COMMENT ON COLUMN kms_data_keys.updated_at IS 'When the row was last changed; kept by a trigger';
COMMENT ON COLUMN kms_data_keys.expires_at IS 'When the key expires; NULL for never';
COMMENT ON COLUMN kms_data_keys.metadata IS 'Further attributes of the key, as JSON';
COMMENT ON VIEW kms_key_stats IS 'Number and age of the data keys by status and algorithm';
