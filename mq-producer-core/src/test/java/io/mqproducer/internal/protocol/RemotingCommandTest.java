package io.mqproducer.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RemotingCommandTest {

    @Test
    void keepsItsFieldsWhateverHappensToTheMapTheyCameIn() {
        Map<String, String> fields = Frames.fields("b", "1", "a", "2");
        RemotingCommand command = RemotingCommand.request(RequestCode.HEART_BEAT, fields, new byte[0]);

        fields.clear();

        assertThat(command.fields()).containsOnlyKeys("b", "a");
        assertThatThrownBy(() -> command.fields().put("c", "3")).isInstanceOf(UnsupportedOperationException.class);
        assertThat(command.string("c")).isNull();
    }

    @Test
    void f35_namesTheFieldThatIsNoNumber() {
        RemotingCommand command = RemotingCommand.request(
                RequestCode.HEART_BEAT, Map.of("n", "1\u202E0", "big", "2147483648"), new byte[0]);

        assertThatThrownBy(() -> command.requiredInt("n"))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("field n is \"1\\u202e0\", not an int");
        assertThatThrownBy(() -> command.requiredLong("n"))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("field n is \"1\\u202e0\", not a long");
        assertThatThrownBy(() -> command.requiredInt("big")).isInstanceOf(ProtocolException.class);
        assertThat(command.requiredLong("big")).isEqualTo(2_147_483_648L);
    }

    @Test
    void showsNeitherValuesNorBodyInLogs() {
        RemotingCommand command =
                RemotingCommand.oneway(RequestCode.HEART_BEAT, Map.of("Signature", "secret"), new byte[] {1, 2});

        assertThat(command).hasToString("request 34 opaque 0 oneway fields [Signature] body 2 bytes");
        assertThat(RemotingCommand.response(2, 5, "busy"))
                .hasToString("response 2 opaque 5 fields [] body 0 bytes remark busy");
    }
}
