package io.mqproducer.test.tls;

import java.nio.file.Path;

/**
 * A certificate with its key, in all the forms that servers and clients want.
 *
 * @param certificate it, and the one above it, in PEM form
 * @param key unencrypted PKCS#8 in PEM form
 * @param keyStore both, PKCS12, with {@link TestCertificates#PASSWORD}
 */
public record IssuedCertificate(Path certificate, Path key, Path keyStore) {}
