package org.casewire.local;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the JVMs of the stack are started: the JDK this runner has, small, and with its quick compiler alone, which halves
 * the processor time of a start.
 *
 * @param data the stack's data folder, which stands in every command line so that a process is known again
 */
record Jvm(Path data) {

    /** Options in this variable come last and so win: {@code -XX:TieredStopAtLevel=4} to measure, for example. */
    static final String OPTIONS_VARIABLE = "CASEWIRE_JAVA_OPTIONS";

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** A runnable jar with its arguments. */
    List<String> jar(Path jar, String heap, String... arguments) {
        return command(
                Stream.of("-Xmx" + heap, "-Xss512k"), Stream.of("-jar", jar.toString()), Arrays.stream(arguments));
    }

    /** A class of this program or of its libraries, with its arguments. */
    List<String> main(String heap, List<String> options, String main, String... arguments) {
        return command(
                Stream.concat(Stream.of("-Xms" + heap, "-Xmx" + heap), options.stream()),
                Stream.of("-cp", System.getProperty("java.class.path"), main),
                Arrays.stream(arguments));
    }

    /** Spring Boot's own tool that takes a runnable jar apart. */
    List<String> layOut(Path jar, Path folder) {
        return command(
                Stream.of("-Djarmode=tools"),
                Stream.of("-jar", jar.toString()),
                Stream.of("extract", "--destination", folder.toString()));
    }

    private List<String> command(Stream<String> own, Stream<String> what, Stream<String> arguments) {
        Stream<String> all = Stream.of(JAVA, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dcasewire.data=" + data);
        return Stream.of(all, own, asked(), what, arguments)
                .flatMap(part -> part)
                .toList();
    }

    private static Stream<String> asked() {
        String options = System.getenv().getOrDefault(OPTIONS_VARIABLE, "").strip();
        return options.isEmpty() ? Stream.empty() : Arrays.stream(options.split("\\s+"));
    }
}
