package io.mqproducer.benchmarks.stub;

import io.mqproducer.benchmarks.client.RequestExtras;
import io.mqproducer.test.peer.codec.Frame;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What requests bear besides what they are about, as text that any two clients agree on. */
final class ExtraFields {

    private static final String ACCESS_KEY = "AccessKey";
    private static final String SIGNATURE = "Signature";
    private static final String NAMESPACE = "ns";
    private static final String HAS_NAMESPACE = "nsd";
    private static final String RIGHT = "right";

    private ExtraFields() {}

    /** Of one request; of a signature whether it is right. */
    static Map<String, String> of(Frame request) {
        Map<String, String> extras = new TreeMap<>(request.fields());
        extras.keySet().retainAll(Set.of(ACCESS_KEY, SIGNATURE, NAMESPACE, HAS_NAMESPACE));
        extras.computeIfPresent(
                SIGNATURE, (name, signature) -> signature.equals(signature(request)) ? RIGHT : "wrong: " + signature);
        return extras;
    }

    /** What each request of a load must have. */
    static Map<String, String> expected(RequestExtras extras) {
        return switch (extras) {
            case NONE -> Map.of();
            case ACL -> Map.of(ACCESS_KEY, RequestExtras.ACCESS_KEY, SIGNATURE, RIGHT);
            case NAMESPACE_V2 -> Map.of(NAMESPACE, RequestExtras.NAMESPACE, HAS_NAMESPACE, "true");
        };
    }

    /** As a broker makes it: over the values of all other fields in the order of their names, and the body. */
    private static String signature(Frame request) {
        Map<String, String> signed = new TreeMap<>(request.fields());
        signed.remove(SIGNATURE);
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(RequestExtras.SECRET_KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            mac.update(String.join("", signed.values()).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(request.body()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
