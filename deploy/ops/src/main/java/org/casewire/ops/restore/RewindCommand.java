package org.casewire.ops.restore;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.casewire.ops.Failed;
import org.casewire.ops.Moment;
import org.casewire.ops.Place;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Has a stopped service read again what came since a moment. */
@Command(
        name = "rewind",
        mixinStandardHelpOptions = true,
        description = {
            "Has a service that is stopped read again what came since a moment, when it is started.",
            "",
            "For a database that was brought back to that moment. What the service still knows changes nothing when it is"
                    + " read again. Requests are the exception: of outbound-service leave sms.send-queue out, and use reconcile."
        })
public final class RewindCommand implements Runnable {

    @Mixin
    Place place = new Place();

    @Option(names = "--group", required = true, paramLabel = "GROUP", description = "such as routing-service")
    String group = "";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "TIME",
            converter = Moment.class,
            description = "the moment: 2026-11-22T10:00:00Z, or how long ago: 90m, 3d")
    Instant moment = Instant.EPOCH;

    @Option(names = "--except", paramLabel = "TOPIC", description = "leave this topic as it is; as often as needed")
    List<String> except = List.of();

    @Option(names = "--dry-run", description = "only say what would be read again")
    boolean dryRun;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        if (group.equals("outbound-service") && !except.contains("sms.send-queue")) {
            throw new Failed(
                    "outbound-service must not read requests again that its database has forgotten: what left would"
                            + " leave once more. Add --except sms.send-queue, and ask anew for what did not leave with"
                            + " deploy/ops/reconcile.");
        }
        Properties kafka = place.kafka();
        PrintWriter out = spec.commandLine().getOut();
        try (Admin admin = Admin.create(kafka)) {
            requireStopped(admin);
            rewind(admin, out);
        } catch (ExecutionException refused) {
            throw new Failed("The broker refuses (" + refused.getMessage() + ").", refused);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Failed("Stopped.", stopped);
        }
        out.flush();
    }

    private void requireStopped(Admin admin) throws ExecutionException, InterruptedException {
        ConsumerGroupDescription described =
                admin.describeConsumerGroups(List.of(group)).all().get().get(group);
        if (described != null && !described.members().isEmpty()) {
            throw new Failed(group + " is running. Stop all of its instances first.");
        }
    }

    private void rewind(Admin admin, PrintWriter out) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>(admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get());
        committed
                .entrySet()
                .removeIf(one ->
                        one.getValue() == null || except.contains(one.getKey().topic()));
        if (committed.isEmpty()) {
            throw new Failed("--group: " + group + " has read nothing yet, or nothing but what is left out.");
        }
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        committed.keySet().forEach(partition -> wanted.put(partition, OffsetSpec.forTimestamp(moment.toEpochMilli())));
        Map<TopicPartition, OffsetAndMetadata> back = new HashMap<>();
        Map<String, Long> again = new TreeMap<>();
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> found :
                admin.listOffsets(wanted).all().get().entrySet()) {
            OffsetAndMetadata now = committed.get(found.getKey());
            long to = found.getValue().offset();
            if (now != null && to >= 0 && to < now.offset()) {
                back.put(found.getKey(), new OffsetAndMetadata(to));
                again.merge(found.getKey().topic(), now.offset() - to, Long::sum);
            }
        }
        if (!dryRun && !back.isEmpty()) {
            admin.alterConsumerGroupOffsets(group, back).all().get();
        }
        again.forEach((topic, records) -> out.println("%-24s %8d records".formatted(topic, records)));
        out.println(group + (dryRun ? " would read " : " reads ")
                + again.values().stream().mapToLong(Long::longValue).sum() + " records again when it is started.");
    }
}
