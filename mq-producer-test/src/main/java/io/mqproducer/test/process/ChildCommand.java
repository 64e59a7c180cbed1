package io.mqproducer.test.process;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What to run as a child: a main class of the launcher package on the class path given, with this JVM's Java.
 *
 * @param name names the process in messages and its files
 * @param mainClass the class to run
 * @param classPath what it needs besides this library's own classes
 * @param jvmOptions options of the child's JVM
 * @param arguments arguments of the main class
 */
public record ChildCommand(
        String name, Class<?> mainClass, List<Path> classPath, List<String> jvmOptions, List<String> arguments) {

    /**
     * Ctrl-C goes to all processes of a terminal; the children have to outlive their parent's orderly end. A signal that
     * is ignored when a JVM starts stays so.
     */
    private static final List<String> DEAF_TO_CTRL_C =
            File.separatorChar == '/' ? List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh") : List.of();

    public ChildCommand {
        classPath = List.copyOf(classPath);
        jvmOptions = List.copyOf(jvmOptions);
        arguments = List.copyOf(arguments);
    }

    /** To be started by whoever chooses where its output goes. */
    ProcessBuilder toBuilder() {
        List<String> command = new ArrayList<>(DEAF_TO_CTRL_C);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add(mainClass.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        // Not an option: 14 KB in every process listing.
        builder.environment().put("CLASSPATH", joinedClassPath());
        return builder;
    }

    private String joinedClassPath() {
        return Stream.concat(Stream.of(ownClasses()), classPath.stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Path ownClasses() {
        try {
            return Path.of(mainClass
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Not loaded from a file: " + mainClass, e);
        }
    }
}
