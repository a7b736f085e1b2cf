package org.casewire.bench.outbound;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.casewire.bench.stand.Place;
import org.casewire.bench.stand.Stack;

/** All that runs for one part. */
record Stage(
        String part, Path folder, Stack stack, Twin twin, Set<String> services, Texts texts, int contacts, Clock clock)
        implements AutoCloseable {

    /** PIDs in the order of the pipeline. */
    Map<String, Long> processes() {
        Map<String, Long> processes = new LinkedHashMap<>(stack.processes("outbound"));
        if (services.contains("ingest")) {
            processes.put("ingest", stack.pid("ingest"));
        }
        processes.put("twin", twin.pid());
        processes.put("driver", ProcessHandle.current().pid());
        return processes;
    }

    Upstream upstream(int lingerMillis) {
        return new Upstream(stack.kafka(), texts, clock, lingerMillis);
    }

    /** What is wrong: texts that are on no handset, those that are there twice, and events that nobody expects. */
    Map<String, Integer> mistakes(int from, int until, Outcomes outcomes) throws IOException, InterruptedException {
        Map<Integer, Integer> received = twin.received(texts, contacts);
        int lost = 0;
        int doubled = 0;
        for (int number = from; number < until; number++) {
            int times = received.getOrDefault(number, 0);
            lost += times == 0 ? 1 : 0;
            doubled += times > 1 ? 1 : 0;
        }
        Map<String, Integer> mistakes = new LinkedHashMap<>();
        mistakes.put("lost", lost);
        mistakes.put("doubled", doubled);
        mistakes.put("events repeated", outcomes.repeated());
        mistakes.put("events not expected", outcomes.others());
        return mistakes;
    }

    Database database() {
        return new Database(stack.database("outbound"));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try {
            stack.close();
        } finally {
            twin.close();
        }
        for (String stored : List.of("postgres", "kafka")) {
            Place.delete(folder.resolve("data").resolve(stored));
        }
    }
}
