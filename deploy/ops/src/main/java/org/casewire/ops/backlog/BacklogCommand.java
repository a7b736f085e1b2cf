package org.casewire.ops.backlog;

import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.casewire.ops.Api;
import org.casewire.ops.Place;
import org.casewire.ops.backlog.Lags.Lag;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Tells what waits, everywhere. */
@Command(
        name = "backlog",
        mixinStandardHelpOptions = true,
        description = {
            "Tells what waits: on Kafka for each group, in the services' tables and spools, before each sender.",
            "",
            "Of the local stack it knows all addresses. Elsewhere Kafka alone is looked at, unless the services' management"
                    + " addresses (--metrics) and the front door with a token (--url, --token-file) are named too."
        })
public final class BacklogCommand implements Runnable {

    private static final int MANAGEMENT_ABOVE_SERVICE = 10;

    @Mixin
    Place place = new Place();

    @Mixin
    Api api = new Api();

    @Option(
            names = "--metrics",
            paramLabel = "URL",
            description = "a service's management address, such as http://outbound-service:9090; as often as there are")
    List<String> metrics = List.of();

    @Option(names = "--all", description = "also what is empty")
    boolean all;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        kafka(out);
        services(out);
        if (api.isKnown(place)) {
            senders(out);
        }
        out.flush();
    }

    private void kafka(PrintWriter out) {
        List<Lag> lags = new Lags(place.kafka()).all();
        List<Lag> shown = lags.stream().filter(lag -> all || lag.records() > 0).toList();
        out.println("Kafka: " + lags.stream().mapToLong(Lag::records).sum() + " records wait for "
                + lags.stream().map(Lag::group).distinct().count()
                + " groups");
        shown.forEach(lag -> out.println("  %-24s %-22s %8d on %d partitions%s"
                .formatted(
                        lag.group(),
                        lag.topic(),
                        lag.records(),
                        lag.partitions(),
                        lag.members() == 0 ? "; nobody reads: the service is down" : "")));
    }

    private void services(PrintWriter out) {
        Metrics reader = new Metrics();
        for (String address : addresses()) {
            Optional<Map<String, Metrics.Waiting>> told = reader.read(address);
            if (told.isEmpty()) {
                out.println(address + " does not tell: it is down, or this is not its management address");
                continue;
            }
            out.println(address + ":"
                    + (told.get().values().stream().allMatch(one -> one.count() == 0) ? " nothing waits" : ""));
            told.get().forEach((queue, waiting) -> {
                if (all || waiting.count() > 0) {
                    out.println("  %-24s %8d%s"
                            .formatted(
                                    queue,
                                    waiting.count(),
                                    waiting.seconds()
                                            .filter(age -> age > 0)
                                            .map(age -> ", the oldest for " + age + " s")
                                            .orElse("")));
                }
            });
        }
    }

    private List<String> addresses() {
        List<String> addresses = new ArrayList<>(metrics);
        if (metrics.isEmpty()) {
            place.description()
                    .ifPresent(local -> local.path("services")
                            .valueStream()
                            .map(service -> URI.create(service.path("url").asString()))
                            .map(url -> "http://" + url.getHost() + ":" + (url.getPort() + MANAGEMENT_ABOVE_SERVICE))
                            .forEach(addresses::add));
        }
        return addresses;
    }

    private void senders(PrintWriter out) {
        for (JsonNode site : api.get(place, "/api/sites").path("items")) {
            String name = site.path("site").asString();
            JsonNode senders = api.get(place, "/api/sites/" + Api.step(name) + "/senders");
            out.println("site " + name + (senders.path("pause").isObject() ? " (paused)" : "") + ":");
            for (JsonNode sender : senders.path("items")) {
                out.println("  %-24s %8d waiting, %s minutes to drain, %d held, %d scheduled, %s"
                        .formatted(
                                sender.path("sender").asString(),
                                sender.path("queued").asLong(),
                                sender.path("minutesToDrain").asString(),
                                sender.path("held").asLong(),
                                sender.path("scheduled").asLong(),
                                sender.path("health").asString()));
            }
        }
    }
}
