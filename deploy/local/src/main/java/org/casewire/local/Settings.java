package org.casewire.local;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Properties;
import org.casewire.local.demo.DemoSite;
import org.casewire.local.kafka.Broker;
import org.casewire.local.postgres.Databases;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes what each process is told about the others: the one place that knows their settings by name. */
final class Settings {

    private static final String TWILIO = "casewire.twilio." + DemoSite.SITE + ".";

    private final Path folder;
    private final Addresses addresses;
    private final Broker broker;
    private final Databases databases;
    private final Secrets secrets;
    private final @Nullable String traces;

    Settings(
            Path folder,
            Addresses addresses,
            Broker broker,
            Databases databases,
            Secrets secrets,
            @Nullable String traces) {
        this.traces = traces;
        this.folder = folder;
        this.addresses = addresses;
        this.broker = broker;
        this.databases = databases;
        this.secrets = secrets;
    }

    /** The properties of a service. */
    Path of(Service service) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("server.address", "127.0.0.1");
        properties.setProperty("server.port", addresses.port(service.port));
        properties.setProperty("management.server.address", "127.0.0.1");
        properties.setProperty("management.server.port", addresses.port(service.managementPort));
        properties.setProperty("spring.kafka.bootstrap-servers", broker.bootstrapServers());
        properties.setProperty("spring.lifecycle.timeout-per-shutdown-phase", "3s");
        properties.setProperty("casewire.oidc.issuer", addresses.frontDoor());
        tracing(properties);
        if (service.database != null) {
            properties.setProperty("spring.datasource.url", databases.jdbcUrl(service.database));
            properties.setProperty("spring.datasource.username", service.database);
            properties.setProperty("spring.datasource.password", secrets.databasePassword(service.database));
        }
        switch (service) {
            case INGEST -> ingest(properties);
            case OUTBOUND -> outbound(properties);
            case ROUTING -> routing(properties);
            case NOTIFICATION -> {}
        }
        return write(service.title(), properties);
    }

    private void tracing(Properties properties) {
        if (traces != null) {
            properties.setProperty("casewire.tracing.endpoint", traces);
            properties.setProperty("casewire.tracing.sampling", "1");
        }
    }

    private void twilio(Properties properties) throws IOException {
        properties.setProperty("casewire.public-base-url", addresses.frontDoor());
        properties.setProperty("casewire.twilio-base-url", addresses.twin());
        properties.setProperty(TWILIO + "account-sid", secrets.twilioAccountSid());
        properties.setProperty(TWILIO + "auth-tokens[0]", secrets.twilioAuthToken());
    }

    private void ingest(Properties properties) throws IOException {
        twilio(properties);
        properties.setProperty(
                "casewire.ingest.spool.directory",
                folder.resolveSibling("spool").toString());
        properties.setProperty("casewire.ingest.sweep.interval", "20s");
        properties.setProperty("casewire.ingest.sweep.asked-interval", "5s");
        properties.setProperty("casewire.ingest.sweep.settle", "5s");
    }

    /** Here people wait for the outcome, so Twilio is given up on and asked sooner than in production. */
    private void outbound(Properties properties) throws IOException {
        twilio(properties);
        Path sites = folder.resolve("sites.yaml");
        DataFolder.writePrivately(sites, DemoSite.sitesFile());
        properties.setProperty("casewire.sites-file", sites.toString());
        properties.setProperty("casewire.media.allowed-origins[0]", addresses.twin());
        properties.setProperty("casewire.call.connect-timeout", "2s");
        properties.setProperty("casewire.call.timeout", "8s");
        properties.setProperty("casewire.dispatch.lease", "12s");
        properties.setProperty("casewire.dispatch.look-again", "2s");
        properties.setProperty("casewire.dispatch.hold-for", "5s");
        properties.setProperty("casewire.delivery.ask-after", "20s");
    }

    /** Here people wait for what becomes of a picture. */
    private void routing(Properties properties) throws IOException {
        twilio(properties);
        properties.setProperty(
                "casewire.documents.folder", folder.resolveSibling("documents").toString());
        properties.setProperty("casewire.documents.timeout", "20s");
        properties.setProperty("casewire.documents.lease", "30s");
        properties.setProperty("casewire.documents.first-back-off", "500ms");
        properties.setProperty("casewire.documents.longest-back-off", "3s");
        properties.setProperty("casewire.documents.not-found-for", "45s");
        properties.setProperty("casewire.documents.give-up-after", "10m");
    }

    /** The properties of the front door. */
    Path ofFrontDoor(Path signingKeys) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("server.address", "127.0.0.1");
        properties.setProperty("server.port", addresses.port(Port.FRONT_DOOR));
        properties.setProperty("management.server.address", "127.0.0.1");
        properties.setProperty("management.server.port", addresses.port(Port.FRONT_DOOR_MANAGEMENT));
        tracing(properties);
        properties.setProperty("casewire.identity.issuer", addresses.frontDoor());
        properties.setProperty("casewire.identity.signing-key-file", signingKeys.toString());
        for (Service service : Service.values()) {
            properties.setProperty("casewire.front-door.services." + service.title(), addresses.of(service));
        }
        person(properties, 0, DemoSite.STAFF, "Maria Lopez", "staff");
        person(properties, 1, DemoSite.ADMIN, "Sam Reed", "admin");
        return write("front-door", properties);
    }

    private void person(Properties properties, int index, String id, String name, String role) throws IOException {
        String prefix = "casewire.identity.users[" + index + "].";
        properties.setProperty(prefix + "id", id);
        properties.setProperty(prefix + "name", name);
        properties.setProperty(prefix + "password", secrets.signInPassword(id));
        properties.setProperty(prefix + "roles[0]", role);
        properties.setProperty(prefix + "sites[0]", DemoSite.SITE);
    }

    /** The accounts and numbers of the twin. */
    Path ofTwin() throws IOException {
        ObjectNode document = JsonMapper.shared().createObjectNode();
        ObjectNode account = document.putArray("accounts").addObject();
        account.put("sid", secrets.twilioAccountSid()).put("authToken", secrets.twilioAuthToken());
        String webhooks = addresses.frontDoor() + "/twilio/" + DemoSite.SITE;
        account.putArray("numbers")
                .addObject()
                .put("number", DemoSite.NUMBER)
                .put("smsUrl", webhooks + "/messages")
                .put("voiceUrl", webhooks + "/calls")
                .put("ratePerSecond", 1);
        Path file = folder.resolve("twin.json");
        DataFolder.writePrivately(file, document.toPrettyString());
        return file;
    }

    private Path write(String name, Properties properties) throws IOException {
        StringWriter text = new StringWriter();
        properties.store(text, "Written anew at every start");
        Path file = folder.resolve(name + ".properties");
        DataFolder.writePrivately(file, text.toString());
        return file;
    }
}
