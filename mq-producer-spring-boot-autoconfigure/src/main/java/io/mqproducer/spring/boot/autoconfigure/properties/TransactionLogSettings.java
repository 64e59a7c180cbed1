package io.mqproducer.spring.boot.autoconfigure.properties;

import io.mqproducer.spring.transaction.jdbc.SchemaInitialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The log of transactions in the application's database. */
public class TransactionLogSettings {

    /** Whether to record the transactions of transactional messages in the application's database. */
    private boolean enabled = false;

    /** Time after which records of transactions are deleted. At least an hour. */
    private Duration retention = Duration.ofHours(24);

    /** When to make the table of the log. */
    private SchemaInitialization initializeSchema = SchemaInitialization.EMBEDDED;

    /**
     * Comma-separated list of topics of transactional messages. A process that has sent nothing since its start answers for
     * these, and others are refused. If empty, all topics without a transaction checker of their own, once they are used.
     */
    private List<String> topics = new ArrayList<>();

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public Duration getRetention() {
        return retention;
    }

    public void setRetention(Duration retention) {
        this.retention = retention;
    }

    public SchemaInitialization getInitializeSchema() {
        return initializeSchema;
    }

    public void setInitializeSchema(SchemaInitialization initializeSchema) {
        this.initializeSchema = initializeSchema;
    }

    public List<String> getTopics() {
        return topics;
    }

    public void setTopics(List<String> topics) {
        this.topics = topics;
    }
}
