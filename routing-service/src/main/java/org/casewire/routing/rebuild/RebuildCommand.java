package org.casewire.routing.rebuild;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.casewire.events.transport.ListenerStart.BeforeListening;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Reads the upstream's cases once more, beside running services. */
public final class RebuildCommand {

    /** The first argument of the routing service's jar. */
    public static final String NAME = "rebuild-cases";

    private static final String HELP = """
            Usage: java -jar routing-service.jar rebuild-cases [the service's own settings]

            Reads sms.cases once more from its beginning and merges every case into the database: what is missing or was
            normalised for another region is put right. Newer cases stay as they are. Nothing is dropped: neither who
            texted whom last nor the marks of cases that are gone.

            Safe while the service runs, and safe to stop and to start again. Takes no part in the service's consumer
            group and publishes nothing.

            Settings are given as to the service, for example
              --spring.config.additional-location=file:/etc/casewire/routing.properties
              --spring.kafka.bootstrap-servers=… --spring.datasource.url=… --spring.datasource.username=…

              --help   show this text

            Exit code: 0 done, 1 failed, 2 not understood.
            """;

    private static final List<String> SETTINGS =
            List.of("--spring.", "--casewire.", "--logging.", "--server.", "--management.");

    private RebuildCommand() {}

    /** Runs the command; returns its exit code. */
    public static int run(String[] args, PrintStream out) {
        List<String> options = Arrays.asList(args).subList(1, args.length);
        if (options.contains("--help") || options.contains("-h")) {
            out.print(HELP);
            return 0;
        }
        List<String> unknown = options.stream()
                .filter(option -> SETTINGS.stream().noneMatch(option::startsWith))
                .toList();
        if (!unknown.isEmpty()) {
            out.println("There is no option " + unknown.getFirst() + ".\n");
            out.print(HELP);
            return 2;
        }
        return rebuild(options, out);
    }

    private static int rebuild(List<String> settings, PrintStream out) {
        String[] all = Stream.concat(Stream.of("--logging.structured.format.console="), settings.stream())
                .toArray(String[]::new);
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(RebuildParts.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .run(all)) {
            out.println("Reading the sites");
            context.getBean(BeforeListening.class).prepare();
            return context.getBean(Rebuild.class).run(out) ? 0 : 1;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            out.println("Stopped; start it again to go through all cases.");
            return 1;
        } catch (BeanCreationException failure) {
            out.println(
                    "The settings do not fit: " + failure.getMostSpecificCause().getMessage());
            return 1;
        }
    }
}
