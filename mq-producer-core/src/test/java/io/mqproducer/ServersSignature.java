package io.mqproducer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mqproducer.test.peer.Request;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a server with ACL makes of a request: the signature that it must have. */
final class ServersSignature {

    private ServersSignature() {}

    /** Over what has arrived, and nothing else. */
    static String of(Request request, String secretKey) {
        StringBuilder values = new StringBuilder();
        for (Map.Entry<String, String> field : new TreeMap<>(request.fields()).entrySet()) {
            if (!field.getKey().equals("Signature")) {
                values.append(field.getValue());
            }
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secretKey.getBytes(UTF_8), "HmacSHA1"));
            mac.update(values.toString().getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(request.body()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
