package io.mqproducer.internal.ssl;

import io.mqproducer.internal.util.PrintableText;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why there is no TLS with a server, in words that name the cause and what to change. */
public final class SslFailure {

    private static final int LIMIT = 400;
    private static final String ALERT = "fatal alert: ";

    /** Alerts with which servers refuse the certificate of a client, or that there is none. */
    private static final List<String> ABOUT_OUR_CERTIFICATE = List.of(
            "bad_certificate",
            "certificate_required",
            "certificate_unknown",
            "certificate_expired",
            "certificate_revoked",
            "unsupported_certificate",
            "unknown_ca",
            "access_denied",
            "decrypt_error");

    private static final List<String> ABOUT_THE_VERSION =
            List.of("protocol_version", "handshake_failure", "insufficient_security");

    private SslFailure() {}

    /** What the failure of a handshake says. */
    public static String describe(Throwable failure) {
        return PrintableText.of(words(failure), LIMIT);
    }

    /**
     * Why a server may have ended a connection after the handshake and before it had answered anything.
     *
     * @param failure what the connection ended with, or null if it was simply closed
     */
    public static String ungreeted(@Nullable Throwable failure) {
        return failure instanceof SSLException
                ? describe(failure)
                : "it closed the connection without an answer, as servers do that refuse the producer's certificate or want"
                        + " one; see ssl.certificate, ssl.key-store and ssl.bundle";
    }

    private static String words(Throwable failure) {
        for (Throwable cause : causes(failure)) {
            String text = String.valueOf(cause.getMessage());
            if (cause instanceof CertificateExpiredException) {
                return "its certificate has expired (" + text + ")";
            } else if (cause instanceof CertificateNotYetValidException) {
                return "its certificate is not valid yet (" + text + ")";
            } else if (cause instanceof CertPathValidatorException path
                    && path.getReason() == CertPathValidatorException.BasicReason.ALGORITHM_CONSTRAINED) {
                return "its certificate, or one above it, has too weak a key or signature (" + text + ")";
            } else if (text.startsWith("No subject alternative") || text.startsWith("No name matching")) {
                return "its certificate is for another host (" + text + "); if it is the right server all the same, set"
                        + " ssl.expected-name to the name that its certificate has";
            } else if (text.contains("unable to find valid certification path")
                    || text.contains("Path does not chain")) {
                return "its certificate is not of a trusted authority (" + text
                        + "); ssl.trust-certificate, ssl.trust-store or ssl.bundle must have that authority's";
            } else if (text.contains(ALERT)) {
                return alert(text.substring(text.indexOf(ALERT) + ALERT.length()));
            } else if (cause.getClass().getSimpleName().equals("NotSslRecordException")) {
                return "it does not speak TLS; ssl.enabled is for servers that do (tls.server.mode)";
            } else if (text.contains("is not accepted by client preferences")) {
                return text + "; see ssl.protocols";
            }
        }
        return plain(failure);
    }

    private static String alert(String name) {
        String alert = name.toLowerCase(Locale.ROOT).strip();
        if (ABOUT_OUR_CERTIFICATE.stream().anyMatch(alert::startsWith)) {
            return "it refuses the producer's certificate, or wants one (alert " + alert
                    + "); see ssl.certificate, ssl.key-store and ssl.bundle";
        } else if (ABOUT_THE_VERSION.stream().anyMatch(alert::startsWith)) {
            return "it has no protocol version or cipher in common with the producer (alert " + alert
                    + "); see ssl.protocols and ssl.ciphers";
        }
        return "it ended the handshake (alert " + alert + ")";
    }

    private static String plain(Throwable failure) {
        String text = failure.getMessage();
        boolean closed = failure instanceof ClosedChannelException;
        return closed
                ? "it closed the connection before the handshake was complete"
                : text == null ? failure.getClass().getSimpleName() : text;
    }

    private static List<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(10)
                .toList();
    }
}
