package io.mqproducer.spring.boot.autoconfigure.transaction;

import io.mqproducer.spring.transaction.jdbc.SchemaInitialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Properties of the transaction log, which all producers of the context share. */
@ConfigurationProperties("mq.producer.transaction.jdbc")
public class MQTransactionLogProperties {

    /** Time after which records of transactions are deleted. At least an hour. */
    private Duration retention = Duration.ofHours(24);

    /** When to make the table of the transaction log. */
    private SchemaInitialization initializeSchema = SchemaInitialization.EMBEDDED;

    /**
     * Comma-separated list of the topics of transactional messages. A process that has sent nothing since its start answers for these;
     * others are refused. If empty, all topics without a transaction checker of their own, once they are used.
     */
    private List<String> topics = new ArrayList<>();

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
