package io.mqproducer.internal.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mqproducer.internal.protocol.ResponseCode;
import io.mqproducer.internal.send.Rejection.Remedy;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RejectionTest {

    private static final Set<String> ACCEPTANCES =
            Set.of("SUCCESS", "FLUSH_DISK_TIMEOUT", "FLUSH_SLAVE_TIMEOUT", "SLAVE_NOT_AVAILABLE");

    @ParameterizedTest
    @CsvSource({
        "1,true,NONE,OTHER_BROKER",
        "2,false,NONE,PAUSE",
        "3,false,NONE,OTHER_BROKER",
        "13,false,NONE,OTHER_BROKER",
        "14,false,NONE,OTHER_BROKER",
        "16,false,NONE,OTHER_BROKER_ONLY",
        "17,false,NONE,NEW_ROUTE",
        "26,false,NONE,OTHER_BROKER",
        "29,false,NONE,NONE",
        "204,false,NONE,OTHER_BROKER",
        "205,false,NONE,OTHER_BROKER",
        "22,false,NONE,OTHER_BROKER",
        "208,false,NONE,OTHER_BROKER",
        "215,false,PAUSE,PAUSE",
        "501,false,NEW_ROUTE,NEW_ROUTE",
        "604,false,NONE,OTHER_BROKER",
        "1500,false,NONE,OTHER_BROKER",
        "2017,false,NONE,OTHER_BROKER",
        "9999,true,NONE,OTHER_BROKER",
        "-1,true,NONE,OTHER_BROKER",
        "32768,true,NONE,OTHER_BROKER",
    })
    void f44_saysWhatEachCodeMeans(int code, boolean mayBeStored, Remedy unconfigured, Remedy configured) {
        assertThat(Rejection.of(code, "remark", Set.of())).isEqualTo(new Rejection(mayBeStored, unconfigured));
        assertThat(Rejection.of(code, null, Set.of(code))).isEqualTo(new Rejection(mayBeStored, configured));
    }

    @Test
    void f44_everyCodeThatIsKnownHasARule() {
        Set<ResponseCode> rejections = Arrays.stream(ResponseCode.values())
                .filter(code -> !ACCEPTANCES.contains(code.name()))
                .collect(Collectors.toSet());

        assertThat(rejections)
                .hasSize(18)
                .allSatisfy(code -> assertThat(
                                Rejection.of(code.code(), null, Set.of()).mayBeStored())
                        .isEqualTo(code == ResponseCode.SYSTEM_ERROR));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 11, 12})
    void f44_aStoredMessageIsNotRejected(int code) {
        assertThatThrownBy(() -> Rejection.of(code, null, Set.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "In-Sync replicas not enough, 2 of 3",
                "create mapped file failed, server is busy or broken.",
                "the broker unable to service, until 2026",
                "timer message is not enabled, timerWheelEnable is false",
                "timer message is illegal, the delayTime is too long",
            })
    void f44_1_aSystemErrorBeforeTheAppendIsCertain(String remark) {
        assertThat(Rejection.of(1, remark, Set.of()).mayBeStored()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "java.lang.NullPointerException", "[ERROR] unknown"})
    void f44_1_anyOtherSystemErrorIsNot(String remark) {
        assertThat(Rejection.of(1, remark, Set.of()).mayBeStored()).isTrue();
        assertThat(Rejection.of(1, null, Set.of()).mayBeStored()).isTrue();
    }

    @Test
    void f44_9_anIllegalQueueNeedsANewRoute() {
        assertThat(Rejection.of(29, "request queueId[7] is illegal, TopicConfig", Set.of()))
                .isEqualTo(new Rejection(false, Remedy.NEW_ROUTE));
    }

    /** Brokers before 5 say SYSTEM_ERROR, which says nothing certain, for these too. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            request queueId[7] is illegal, TopicConfig [topicName=T] Producer: 127.0.0.1 | INVALID_PARAMETER | NEW_ROUTE
            org.apache.rocketmq.acl.common.AclException: Check signature failed for accessKey=a, x.y(Z.java:1) | NO_PERMISSION | NONE
            """)
    void f44_1_anOldBrokersRefusalIsCertain(String remark, ResponseCode meaning, Remedy remedy) {
        assertThat(Rejection.meaning(1, remark)).isEqualTo(meaning);
        assertThat(Rejection.of(1, remark, Set.of())).isEqualTo(new Rejection(false, remedy));
    }
}
