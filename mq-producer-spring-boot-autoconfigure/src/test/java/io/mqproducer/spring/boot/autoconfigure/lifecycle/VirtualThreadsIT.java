package io.mqproducer.spring.boot.autoconfigure.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.mqproducer.test.StoredMessage;
import io.mqproducer.test.junit.RocketMQExtension;
import io.mqproducer.test.process.InstalledJdk;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class VirtualThreadsIT {

    @RegisterExtension
    static final RocketMQExtension ROCKETMQ = RocketMQExtension.shared();

    private static final String TOPIC = "virtual-threads";
    private static final int THREADS = 10_000;

    @Test
    void f74_tenThousandOfThemSendAtOnceAndNoneIsPinnedByUs() throws Exception {
        InstalledJdk jdk25 = InstalledJdk.ofVersion(25)
                .orElseGet(
                        () -> abort("skipped: no JDK 25 in JAVA25_HOME or beside " + System.getProperty("java.home")));
        ROCKETMQ.cluster().createTopic(TOPIC, 8);

        List<String> lines = new ChildJvm(jdk25.java())
                .run(VirtualThreadsMain.class, ROCKETMQ.nameServerAddresses(), TOPIC, String.valueOf(THREADS));

        assertThat(lines).endsWith("done").noneMatch(line -> line.startsWith("pinned"));
        assertThat(lines).contains("callbacks on virtual");
        String ids = lines.stream()
                .filter(line -> line.startsWith("ids "))
                .findFirst()
                .orElseThrow()
                .substring("ids ".length());
        assertThat(List.of(ids.split(","))).hasSize(THREADS);
        assertThat(ROCKETMQ.cluster().summaries(TOPIC))
                .extracting(StoredMessage::msgId)
                .doesNotHaveDuplicates()
                .contains(ids.split(","))
                .hasSize(THREADS + VirtualThreadsMain.WARM_UP + VirtualThreadsMain.ASYNCHRONOUS);
    }
}
