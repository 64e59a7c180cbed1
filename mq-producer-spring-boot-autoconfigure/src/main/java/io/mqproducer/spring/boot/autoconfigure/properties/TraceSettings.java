package io.mqproducer.spring.boot.autoconfigure.properties;

/** Whether and how RocketMQ's message traces are published. */
public class TraceSettings {

    /** Whether to publish RocketMQ message traces. */
    private boolean enabled;

    /** Topic that receives the traces. */
    private String topic = "RMQ_SYS_TRACE_TOPIC";

    /** Maximum number of traces per message. */
    private int batchSize = 10;

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public String getTopic() {
        return topic;
    }

    public void setTopic(String topic) {
        this.topic = topic;
    }

    public int getBatchSize() {
        return batchSize;
    }

    public void setBatchSize(int batchSize) {
        this.batchSize = batchSize;
    }
}
