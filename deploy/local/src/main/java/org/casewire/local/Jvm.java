package org.casewire.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a JVM of the stack is started: the one this runner has, small and quick to start. */
final class Jvm {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private Jvm() {}

    /** A runnable jar with its arguments. */
    static List<String> jar(Path jar, String heap, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(JAVA, "-Xmx" + heap, "-Xss512k", "-XX:+UseSerialGC", "-jar", jar.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** This program's own class path; the class and its arguments follow. */
    static List<String> ownClassPath() {
        return List.of(JAVA, "-cp", System.getProperty("java.class.path"));
    }
}
