package io.mqproducer.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeartbeatDataTest {

    @Test
    void isWhatTheOfficialClientSends() {
        HeartbeatData heartbeat = new HeartbeatData("ip@inst", List.of("CLIENT_INNER_PRODUCER", "PG"));

        assertThat(new String(heartbeat.toJson(), UTF_8))
                .isEqualTo("{\"clientID\":\"ip@inst\",\"consumerDataSet\":[],\"heartbeatFingerprint\":0,"
                        + "\"producerDataSet\":[{\"groupName\":\"CLIENT_INNER_PRODUCER\"},{\"groupName\":\"PG\"}],"
                        + "\"withoutSub\":false}");
    }
}
