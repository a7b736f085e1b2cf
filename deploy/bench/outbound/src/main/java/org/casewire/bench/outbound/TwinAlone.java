package org.casewire.bench.outbound;

import java.util.List;
import java.util.Map;
import org.casewire.bench.stand.Cpu;
import org.casewire.bench.stand.Figure;
import org.casewire.bench.stand.Profile;

/** What the twin takes with nothing but the bare minimum of a client beside it: nobody can send faster here. */
record TwinAlone(double perSecond, Map<String, Double> cpuMicros, List<String> profile) {

    private static final int WARM_UP = 100_000;
    private static final int POSTS = 200_000;
    private static final int CONNECTIONS = 64;

    /** @param from the first number that is free */
    static TwinAlone measure(Twin twin, Texts texts, int from, Profile.Switch profiling) throws Exception {
        PlainLoad.perSecond(twin, texts, from, from + WARM_UP, CONNECTIONS);
        Map<String, Long> processes =
                Map.of("twin", twin.pid(), "driver", ProcessHandle.current().pid());
        Profile.Running profile = profiling.start(twin.pid());
        Cpu before = Cpu.now(processes);
        int first = from + WARM_UP;
        double perSecond = PlainLoad.perSecond(twin, texts, first, first + POSTS, CONNECTIONS);
        Cpu used = Cpu.now(processes).since(before);
        return new TwinAlone(perSecond, used.microsPer(POSTS), profile.stop());
    }

    Beside limit() {
        return Beside.limit("the twin alone, bare POSTs over " + CONNECTIONS + " connections", perSecond, "texts/s");
    }

    Result result() {
        return new Result(
                "twin",
                "%,d bare POSTs over %d connections after %,d to warm up, callbacks off"
                        .formatted(POSTS, CONNECTIONS, WARM_UP),
                List.of(Figure.of("bare POSTs a second", perSecond, "texts/s")),
                List.of(),
                cpuMicros,
                Map.of(),
                Map.of(),
                List.of(),
                profile);
    }
}
