CREATE TABLE IF NOT EXISTS mq_transaction_log (
    tx_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    producer_group VARCHAR(255) NOT NULL,
    state VARCHAR(8) NOT NULL,
    created_at TIMESTAMP(3) DEFAULT CURRENT_TIMESTAMP(3) NOT NULL,
    INDEX mq_transaction_log_created_at (created_at)
) ENGINE = InnoDB;
