package readme;

import io.mqproducer.spring.MQTemplate;
import org.springframework.beans.factory.annotation.Qualifier;

class Qualified implements Runnable {

    private final MQTemplate audit;
    private final MQTemplate primary;

    Qualified(@Qualifier("audit") MQTemplate audit, MQTemplate primary) {
        this.audit = audit;
        this.primary = primary;
    }

    @Override
    public void run() {
        if (!audit.getProducer().status().settings().get("name-servers").contains("audit-ns:9876")) {
            throw new AssertionError(audit.getProducer().status().settings());
        }
        primary.send("primary", "tea");
    }
}
