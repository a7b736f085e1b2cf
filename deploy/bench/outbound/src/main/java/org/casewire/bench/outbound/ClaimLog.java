package org.casewire.bench.outbound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long the claims took by PostgreSQL's own log, from now on. */
final class ClaimLog {

    private static final Pattern ENTRY = Pattern.compile("(?m)^\\d{4}-\\d\\d-\\d\\d [^\\[\\n]*\\[(\\d+)] (.*)$");
    private static final Pattern DURATION = Pattern.compile("LOG: +duration: ([0-9.]+) ms +(parse|bind|execute) .*");

    private final Path file;
    private final long from;

    ClaimLog(Path file) throws IOException {
        this.file = file;
        this.from = Files.size(file);
    }

    /** The statement that takes parts out of the line: the only one on them that skips what others have locked. */
    private static boolean isClaim(String statement) {
        return statement.contains("SKIP LOCKED") && statement.contains(" part ");
    }

    /** Parsing, planning and execution of each claim in milliseconds. */
    List<Double> claims() throws IOException {
        String log = rest();
        List<Double> claims = new ArrayList<>();
        Map<String, Double> before = new HashMap<>();
        Matcher entry = ENTRY.matcher(log);
        boolean found = entry.find();
        while (found) {
            String process = entry.group(1);
            Matcher duration = DURATION.matcher(entry.group(2));
            int start = entry.start();
            found = entry.find();
            String whole = log.substring(start, found ? entry.start() : log.length());
            if (duration.matches() && isClaim(whole)) {
                double millis = before.merge(process, Double.parseDouble(duration.group(1)), Double::sum);
                if (duration.group(2).equals("execute")) {
                    claims.add(millis);
                    before.remove(process);
                }
            }
        }
        return claims;
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
