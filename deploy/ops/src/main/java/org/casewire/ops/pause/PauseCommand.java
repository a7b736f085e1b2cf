package org.casewire.ops.pause;

import java.io.PrintWriter;
import java.util.List;
import org.casewire.ops.Api;
import org.casewire.ops.Place;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Stops and starts the texts of a site or of one sender. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description = {
            "Stops the texts of a site, or of one of its senders, until it is run again with --end.",
            "",
            "What is asked for meanwhile is held (SITE_PAUSED, SENDER_PAUSED) and leaves afterwards, in its order and once,"
                    + " if it has not expired by then. Without --end and --start it shows what is paused."
        })
public final class PauseCommand implements Runnable {

    @Mixin
    Place place = new Place();

    @Mixin
    Api api = new Api();

    @Option(names = "--site", required = true, paramLabel = "SITE", description = "the site")
    String site = "";

    @Option(names = "--sender", paramLabel = "NUMBER", description = "only this sender of the site")
    @Nullable
    String sender;

    @Option(names = "--start", description = "stop the texts")
    boolean start;

    @Option(names = "--end", description = "let them leave again")
    boolean end;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        if (start && end) {
            throw new ParameterException(spec.commandLine(), "Either --start or --end, not both.");
        }
        String base = "/api/sites/" + Api.step(site);
        if (start || end) {
            api.put(
                    place,
                    base + (sender == null ? "" : "/senders/" + Api.step(sender)) + "/pause",
                    "{\"paused\":" + start + "}");
        }
        PrintWriter out = spec.commandLine().getOut();
        print(api.get(place, base + "/senders"), out);
        out.flush();
    }

    private void print(JsonNode senders, PrintWriter out) {
        out.println("site " + site + ": " + paused(senders.path("pause")));
        List<JsonNode> items = senders.path("items").valueStream().toList();
        items.forEach(one -> out.println("  " + one.path("sender").asString() + ": " + paused(one.path("pause")) + ", "
                + one.path("held").asLong() + " held, " + one.path("queued").asLong() + " waiting"));
    }

    private static String paused(JsonNode pause) {
        return pause.isObject()
                ? "paused since " + pause.path("at").asString() + " by "
                        + pause.path("by").asString()
                : "not paused";
    }
}
