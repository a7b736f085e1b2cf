package org.casewire.local.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.casewire.local.cache.Cache;
import org.casewire.local.process.Part;
import org.casewire.local.process.PartFailed;
import org.casewire.local.process.Processes;
import org.casewire.local.process.RunningPart;
import org.casewire.local.process.StopSignal;

/** A PostgreSQL server whose data stays in one folder from run to run. */
public final class Cluster {

    static final String SUPERUSER = "postgres";

    /** Settings in this variable come last and so win: {@code shared_buffers=2GB wal_compression=lz4}, for example. */
    static final String OPTIONS_VARIABLE = "CASEWIRE_POSTGRES_OPTIONS";

    private static final Duration ORPHANS_LEAVE_WITHIN = Duration.ofSeconds(10);

    private final Path data;
    private final Cache cache;
    private final Path logs;
    private final int port;
    private final String password;

    /**
     * @param data where the server keeps its files
     * @param cache where its programs are unpacked, shared by all runs
     */
    public Cluster(Path data, Cache cache, Path logs, int port, String password) {
        this.data = data;
        this.cache = cache;
        this.logs = logs;
        this.port = port;
        this.password = password;
    }

    /** Creates the cluster where there is none, starts it and waits until it takes connections. */
    public RunningPart start(Processes processes) throws IOException, InterruptedException {
        Path programs = Binaries.unpackedIn(cache).resolve("bin");
        List<String> prefix = Unprivileged.prefix();
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            create(processes, programs, prefix);
        }
        StaleLock.remove(data);
        return startServer(processes, server(programs, prefix));
    }

    /** The children of a server that was killed may need a moment to notice it; until then a new one refuses. */
    private static RunningPart startServer(Processes processes, Part server) throws InterruptedException {
        long deadline = System.nanoTime() + ORPHANS_LEAVE_WITHIN.toNanos();
        while (true) {
            RunningPart running = processes.start(server);
            try {
                running.awaitReady();
                return running;
            } catch (PartFailed failed) {
                boolean orphans = String.valueOf(failed.getMessage()).contains("shared memory block");
                if (!orphans || System.nanoTime() > deadline) {
                    throw failed;
                }
            }
        }
    }

    /** The superuser's way in, for the roles and databases of the services. */
    public Databases databases() {
        return new Databases(port, password);
    }

    /** A cluster is created beside its place and then moved there, so that a kill leaves all of it or nothing. */
    private void create(Processes processes, Path programs, List<String> prefix)
            throws IOException, InterruptedException {
        Path unfinished = data.resolveSibling(data.getFileName() + ".new");
        if (Files.exists(unfinished)) {
            PathUtils.deleteDirectory(unfinished);
        }
        Path passwordFile = Files.createTempFile(
                data.getParent(),
                "initdb",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(passwordFile, password);
            processes.run(initdb(programs, prefix, unfinished, passwordFile));
        } finally {
            Files.delete(passwordFile);
        }
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private Part initdb(Path programs, List<String> prefix, Path folder, Path passwordFile) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                programs.resolve("initdb").toString(),
                "--pgdata=" + folder,
                "--username=" + SUPERUSER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--no-sync",
                "--no-instructions"));
        return new Part(
                "initdb",
                "Creating the PostgreSQL cluster",
                command,
                logs.resolve("initdb.log"),
                StopSignal.TERMINATE,
                () -> true);
    }

    private Part server(Path programs, List<String> prefix) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(programs.resolve("postgres").toString(), "-D", data.toString()));
        Stream.concat(settings().stream(), asked()).forEach(setting -> command.addAll(List.of("-c", setting)));
        return new Part(
                "postgres",
                "PostgreSQL",
                command,
                logs.resolve("postgres.log"),
                StopSignal.INTERRUPT,
                new ReadyLine(data));
    }

    private static Stream<String> asked() {
        String options = System.getenv().getOrDefault(OPTIONS_VARIABLE, "").strip();
        return options.isEmpty() ? Stream.empty() : Arrays.stream(options.split("\\s+"));
    }

    /** Nobody's text in a log: no parameters, no statements, no details of a failed one. */
    private List<String> settings() {
        return List.of(
                "port=" + port,
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "log_error_verbosity=terse",
                "log_parameter_max_length=0",
                "log_parameter_max_length_on_error=0",
                "log_min_error_statement=panic",
                "log_line_prefix=%m [%p] ",
                "log_checkpoints=off",
                "max_connections=100",
                // After a checkpoint every page goes into the log whole once more.
                "max_wal_size=3GB",
                "shared_buffers=256MB");
    }
}
