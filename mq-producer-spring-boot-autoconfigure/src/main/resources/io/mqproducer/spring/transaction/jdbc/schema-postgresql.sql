CREATE TABLE IF NOT EXISTS mq_transaction_log (
    tx_id VARCHAR(64) NOT NULL PRIMARY KEY,
    producer_group VARCHAR(255) NOT NULL,
    state VARCHAR(8) NOT NULL,
    created_at TIMESTAMP(3) WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL
);

CREATE INDEX IF NOT EXISTS mq_transaction_log_created_at ON mq_transaction_log (created_at);
