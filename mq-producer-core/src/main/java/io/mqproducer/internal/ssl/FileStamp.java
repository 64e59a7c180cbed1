package io.mqproducer.internal.ssl;

import io.mqproducer.config.SslOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What tells that a file is no longer what it was.
 *
 * @param key of the file behind all links, or null if the file system has none or there is no file
 */
record FileStamp(
        Path file,
        @Nullable FileTime modified,
        long size,
        @Nullable Object key) {

    /** Of all files that the options name. */
    static List<FileStamp> of(SslOptions options) {
        return Stream.of(
                        options.trustCertificate(),
                        options.trustStore(),
                        options.certificate(),
                        options.privateKey(),
                        options.keyStore())
                .flatMap(Optional::stream)
                .map(FileStamp::of)
                .toList();
    }

    private static FileStamp of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileStamp(file, attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (IOException e) {
            return new FileStamp(file, null, 0, null); // gone, which is a change too
        }
    }
}
