package org.casewire.events.testing;

import org.testcontainers.DockerClientFactory;

/** Where the broker and the database of the tests come from: out of this JVM's own folders, or out of containers. */
sealed interface Parts permits EmbeddedParts, ContainerParts {

    /** What {@code -Pcontainers} sets. */
    boolean CONTAINERS = "containers".equals(System.getProperty("casewire.test.parts"));

    /** Starts a broker of its own; it is there until {@link Broker#close()} or the end of the JVM. */
    Broker startBroker();

    /** Starts the server that every database of the tests is on; it is there until the JVM ends. */
    Server startServer();

    /** A broker that answers. */
    interface Broker extends AutoCloseable {
        String address();

        @Override
        void close();
    }

    /** A PostgreSQL that answers at {@code host:port}; anyone may be its superuser {@code postgres}. */
    record Server(String address) {
        String database(String name) {
            return "jdbc:postgresql://" + address + "/" + name + "?user=postgres&password=postgres";
        }
    }

    /** Whether they can be started here at all. */
    static boolean available() {
        return !CONTAINERS || Engine.ANSWERS;
    }

    static Parts chosen() {
        if (!CONTAINERS) {
            return new EmbeddedParts();
        }
        if (!Engine.ANSWERS) {
            throw new IllegalStateException(Engine.MISSING + " A test that needs them says @WithRealParts.");
        }
        return new ContainerParts();
    }

    /** Asked once a JVM, and only with {@code -Pcontainers}. */
    final class Engine {
        static final String MISSING = "No container engine answers: start Docker (docker info must work), or leave out"
                + " -Pcontainers to run these tests on an embedded Kafka and PostgreSQL.";
        static final boolean ANSWERS = asked();

        private Engine() {}

        private static boolean asked() {
            RealParts.quiet();
            boolean answers = DockerClientFactory.instance().isDockerAvailable();
            if (!answers) {
                System.out.println("SKIPPED the tests on a real broker and database. " + MISSING);
            }
            return answers;
        }
    }
}
