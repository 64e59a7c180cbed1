package io.mqproducer.benchmarks.stub;

import static org.assertj.core.api.Assertions.assertThat;

import io.mqproducer.benchmarks.client.RequestExtras;
import io.mqproducer.test.peer.codec.Frame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShapeComparisonTest {

    private static final int SEND_MESSAGE_V2 = 310;
    private static final int SEND_BATCH_MESSAGE = 320;

    /** HMAC-SHA1 over the values of {@link #single} and its access key, in the order of the names, and its body. */
    private static final String BY_OPENSSL = "9FKPHGPIh6agalOOTsxs9kteWY4=";

    private static final byte[] BODY = {1, 2, 3};
    private static final byte[] OTHER_BODY = {4, 5, 6, 7};
    private static final String PROPERTIES = "UNIQ_KEY\u00017F000001000118B4AAC2000000000000\u0002WAIT\u0001true\u0002";

    @Test
    void batchesOfTheSameMessagesDoNotDiffer() {
        Frame batch = batch(record(BODY), record(OTHER_BODY));

        assertThat(differences(RequestExtras.NONE, batch, batch)).isEmpty();
    }

    @Test
    void aRecordWithAnotherBodyIsFound() {
        Frame wrong = batch(record(BODY), record(new byte[] {4, 5, 6, 8}));

        assertThat(differences(RequestExtras.NONE, batch(record(BODY), record(OTHER_BODY)), wrong))
                .singleElement()
                .asString()
                .contains("other sent the wrong body");
    }

    @Test
    void aRecordThatDoesNotEndWhereItSaysIsFound() {
        byte[] broken = record(BODY);
        broken[3]--;

        assertThat(differences(RequestExtras.NONE, batch(record(BODY)), batch(broken)))
                .anySatisfy(line -> assertThat(line).contains("other sent what is no message"));
    }

    @Test
    void messagesThatDidNotGoTogetherAreFound() {
        Frame one = batch(record(BODY));
        Frame two = batch(record(BODY), record(BODY));

        assertThat(differences(RequestExtras.NONE, two, one)).isNotEmpty();
        assertThat(differences(RequestExtras.NONE, two, single())).isNotEmpty();
    }

    @Test
    void aRightSignatureIsAccepted() {
        Frame signed = single().withField("AccessKey", RequestExtras.ACCESS_KEY);
        Frame right = signed.withField("Signature", BY_OPENSSL);

        assertThat(differences(RequestExtras.ACL, right, right)).isEmpty();
    }

    @Test
    void aWrongOrMissingSignatureIsFoundThoughBothHaveIt() {
        Frame signed = single().withField("AccessKey", RequestExtras.ACCESS_KEY);
        Frame wrong = signed.withField("Signature", "d3Jvbmc=");

        assertThat(differences(RequestExtras.ACL, wrong, wrong))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("Signature", "wrong: d3Jvbmc="));
        assertThat(differences(RequestExtras.ACL, signed, signed)).hasSize(2);
        assertThat(differences(RequestExtras.NONE, signed, signed)).hasSize(2);
    }

    @Test
    void aMissingOrWrongNamespaceIsFoundThoughBothLackIt() {
        Frame named = single().withField("nsd", "true").withField("ns", RequestExtras.NAMESPACE);
        Frame misnamed = named.withField("ns", "another");

        assertThat(differences(RequestExtras.NAMESPACE_V2, named, named)).isEmpty();
        assertThat(differences(RequestExtras.NAMESPACE_V2, misnamed, misnamed)).hasSize(2);
        assertThat(differences(RequestExtras.NAMESPACE_V2, single(), single())).hasSize(2);
    }

    private static List<String> differences(RequestExtras extras, Frame one, Frame other) {
        return new ShapeComparison(List.of("bench"), new byte[][] {BODY, OTHER_BODY}, extras)
                .differences("one", lines(one), "other", lines(other));
    }

    private static Set<String> lines(Frame frame) {
        Shapes shapes = new Shapes();
        shapes.add(frame.bytes());
        return shapes.take("group");
    }

    private static Frame single() {
        return request(SEND_MESSAGE_V2, false).withBody(BODY);
    }

    private static Frame batch(byte[]... records) {
        ByteBuffer body = ByteBuffer.allocate(1024);
        for (byte[] record : records) {
            body.put(record);
        }
        byte[] bytes = new byte[body.flip().remaining()];
        body.get(bytes);
        return request(SEND_BATCH_MESSAGE, true).withBody(bytes);
    }

    private static Frame request(int code, boolean batch) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("a", "group");
        fields.put("b", "bench");
        fields.put("f", "0");
        fields.put("h", "0");
        fields.put("i", PROPERTIES);
        fields.put("m", Boolean.toString(batch));
        return Frame.request(code, 1).withFields(fields);
    }

    private static byte[] record(byte[] body) {
        byte[] properties = PROPERTIES.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(22 + body.length + properties.length)
                .putInt(22 + body.length + properties.length)
                .putLong(0)
                .putInt(0)
                .putInt(body.length)
                .put(body)
                .putShort((short) properties.length)
                .put(properties)
                .array();
    }
}
