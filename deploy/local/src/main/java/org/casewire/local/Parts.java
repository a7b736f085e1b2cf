package org.casewire.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.casewire.local.process.Part;
import org.casewire.local.process.Processes;
import org.casewire.local.process.Readiness;
import org.casewire.local.process.StopOrder;
import org.casewire.local.process.StopSignal;

/** The parts that are jars of this project: how each is started and when it is ready. */
final class Parts {

    static final String KAFKA = "kafka";
    static final String POSTGRES = "postgres";
    static final String TWIN = "twilio-twin";
    static final String FRONT_DOOR = "front-door";

    /** Who lets work in stops first, who stores it stops last. */
    static final StopOrder STOP_ORDER = new StopOrder(
            List.of(
                    List.of(FRONT_DOOR, Service.INGEST.title()),
                    List.of(Service.OUTBOUND.title(), Service.ROUTING.title(), Service.NOTIFICATION.title()),
                    List.of(TWIN),
                    List.of(KAFKA),
                    List.of(POSTGRES)),
            Duration.ofSeconds(13));

    private final Installation installation;
    private final DataFolder data;
    private final Addresses addresses;
    private final Settings settings;
    private final Jvm jvm;
    private final Processes processes;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    Parts(Installation installation, DataFolder data, Addresses addresses, Settings settings, Processes processes) {
        this.installation = installation;
        this.data = data;
        this.addresses = addresses;
        this.settings = settings;
        this.jvm = new Jvm(data.root());
        this.processes = processes;
    }

    /** Prepares a service while what it needs is still starting. */
    void layOut(Service service) throws IOException, InterruptedException {
        laidOut(service.title(), installation.jar(service));
    }

    Part service(Service service) throws IOException, InterruptedException {
        return spring(
                service.title(),
                service.title(),
                installation.jar(service),
                settings.of(service),
                "192m",
                addresses.of(service));
    }

    Part frontDoor(Path signingKeys) throws IOException, InterruptedException {
        return spring(
                FRONT_DOOR,
                "front door",
                installation.frontDoorJar(),
                settings.ofFrontDoor(signingKeys),
                "128m",
                addresses.frontDoor());
    }

    Part twin() throws IOException {
        List<String> command = jvm.jar(
                installation.twinJar(),
                "128m",
                "--port",
                addresses.port(Port.TWIN),
                "--data",
                data.root().resolve("twin").toString(),
                "--config",
                settings.ofTwin().toString());
        return part(TWIN, "Twilio twin", command, addresses.twin() + "/twin/requests");
    }

    private Part spring(String name, String label, Path jar, Path properties, String heap, String address)
            throws IOException, InterruptedException {
        String location = "--spring.config.additional-location=" + properties.toUri();
        return part(name, label, jvm.jar(laidOut(name, jar), heap, location), address + "/actuator/health/readiness");
    }

    private Path laidOut(String name, Path jar) throws IOException, InterruptedException {
        return new Application(jar, name).laidOut(installation.cache(), jvm, data.log(name + "-layout"), processes);
    }

    private Part part(String name, String label, List<String> command, String readyAt) {
        Readiness readiness = Readiness.answering(http, URI.create(readyAt));
        return new Part(name, label, command, data.log(name), StopSignal.TERMINATE, readiness);
    }
}
