package io.mqproducer.spring.boot.autoconfigure.properties;

/** What is measured. */
public class MetricsSettings {

    /** Whether to record producer metrics. */
    private boolean enabled = true;

    /** Whether meters are tagged with the topic. */
    private boolean topicTagEnabled = true;

    /** Maximum number of different topics in tags. Further topics are reported as 'other'. */
    private int maxTopicTags = 100;

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public boolean isTopicTagEnabled() {
        return topicTagEnabled;
    }

    public void setTopicTagEnabled(boolean topicTagEnabled) {
        this.topicTagEnabled = topicTagEnabled;
    }

    public int getMaxTopicTags() {
        return maxTopicTags;
    }

    public void setMaxTopicTags(int maxTopicTags) {
        this.maxTopicTags = maxTopicTags;
    }
}
