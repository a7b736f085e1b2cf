package org.casewire.bench.outbound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long statements took by PostgreSQL's own log, from now on. */
final class StatementLog {

    private static final Pattern ENTRY = Pattern.compile("(?m)^\\d{4}-\\d\\d-\\d\\d [^\\[\\n]*\\[(\\d+)] (.*)$");
    private static final Pattern DURATION =
            Pattern.compile("LOG: +duration: ([0-9.]+) ms +(parse|bind|execute) [^:]*: (.*)", Pattern.DOTALL);
    private static final Pattern PLAN = Pattern.compile(
            "(?ms)^\\d{4}-\\d\\d-\\d\\d [^\\[\\n]*\\[\\d+] LOG: +duration: ([0-9.]+) ms +plan:\\n(.*?)(?=^\\d{4}-\\d\\d-\\d\\d |\\z)");
    private static final int SHOWN_PLANS = 4;
    private static final int SHOWN = 25;
    private static final int SHOWN_CHARACTERS = 110;

    private final Path file;
    private final long from;

    StatementLog(Path file) throws IOException {
        this.file = file;
        this.from = Files.size(file);
    }

    private record Entry(String process, double millis, boolean executed, String statement) {

        /** The statement that takes parts out of the line: it charges the attempts while it skips what others have. */
        boolean isClaim() {
            return statement.contains("SKIP LOCKED") && statement.contains("UPDATE part");
        }

        String name() {
            String line = statement.replaceAll("\\s+", " ").strip();
            return line.substring(0, Math.min(SHOWN_CHARACTERS, line.length()));
        }
    }

    private static final class Cost {
        private int executed;
        private double planning;
        private double execution;

        void add(Entry entry) {
            if (entry.executed()) {
                executed++;
                execution += entry.millis();
            } else {
                planning += entry.millis();
            }
        }
    }

    /** Parsing, planning and execution of each claim in milliseconds. */
    List<Double> claims() throws IOException {
        List<Double> claims = new ArrayList<>();
        Map<String, Double> before = new HashMap<>();
        for (Entry entry : entries()) {
            if (entry.isClaim()) {
                double millis = before.merge(entry.process(), entry.millis(), Double::sum);
                if (entry.executed()) {
                    claims.add(millis);
                    before.remove(entry.process());
                }
            }
        }
        return claims;
    }

    /** The statements that took most time, when only a share of all was logged. */
    List<String> costs(double share, int texts) throws IOException {
        Map<String, Cost> costs = new HashMap<>();
        entries()
                .forEach(entry ->
                        costs.computeIfAbsent(entry.name(), name -> new Cost()).add(entry));
        List<String> lines = new ArrayList<>();
        lines.add("PostgreSQL's statements, microseconds for each text (waiting for locks and disk included):");
        lines.add("  planning executing  a second text  statement");
        costs.entrySet().stream()
                .sorted(Comparator.comparingDouble(cost -> -cost.getValue().planning - cost.getValue().execution))
                .limit(SHOWN)
                .forEach(cost -> lines.add("  %8.1f %9.1f %8.4f times  %s"
                        .formatted(
                                cost.getValue().planning * 1_000 / share / texts,
                                cost.getValue().execution * 1_000 / share / texts,
                                cost.getValue().executed / share / texts,
                                cost.getKey())));
        return lines;
    }

    /** A plan of each of the statements that took longest, the one of middle duration. */
    List<String> plans() throws IOException {
        Map<String, List<Plan>> plans = new HashMap<>();
        Matcher plan = PLAN.matcher(rest());
        while (plan.find()) {
            Plan found = new Plan(Double.parseDouble(plan.group(1)), plan.group(2));
            plans.computeIfAbsent(found.name(), name -> new ArrayList<>()).add(found);
        }
        return plans.values().stream()
                .sorted(Comparator.comparingDouble(
                        same -> -same.stream().mapToDouble(Plan::millis).sum()))
                .limit(SHOWN_PLANS)
                .map(same -> same.stream()
                        .sorted(Comparator.comparingDouble(Plan::millis))
                        .toList()
                        .get(same.size() / 2))
                .flatMap(middle -> (middle.millis() + " ms " + middle.text()).lines())
                .toList();
    }

    private record Plan(double millis, String text) {
        String name() {
            return text.substring(0, Math.min(SHOWN_CHARACTERS, text.length()));
        }
    }

    private List<Entry> entries() throws IOException {
        String log = rest();
        List<Entry> entries = new ArrayList<>();
        Matcher line = ENTRY.matcher(log);
        boolean found = line.find();
        while (found) {
            String process = line.group(1);
            int start = line.start(2);
            found = line.find();
            Matcher duration = DURATION.matcher(log.substring(start, found ? line.start() : log.length()));
            if (duration.matches()) {
                entries.add(new Entry(
                        process,
                        Double.parseDouble(duration.group(1)),
                        duration.group(2).equals("execute"),
                        duration.group(3)));
            }
        }
        return entries;
    }

    private String rest() throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - from));
            while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
                // reads on until the buffer is full
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        }
    }
}
