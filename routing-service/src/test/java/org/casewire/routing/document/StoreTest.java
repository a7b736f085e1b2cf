package org.casewire.routing.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.robothy.s3.rest.LocalS3;
import com.robothy.s3.rest.bootstrap.LocalS3Mode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Both stores keep one promise: a folder of the file system, and a server that speaks S3 over HTTP. */
class StoreTest {

    private static final String BUCKET = "casewire";
    private static final int PORT = freePort();
    private static final LocalS3 S3 =
            LocalS3.builder().port(PORT).mode(LocalS3Mode.IN_MEMORY).build();

    @TempDir
    static Path folder;

    private static S3Store bucket;

    @BeforeAll
    static void startS3() {
        S3.start();
        try (S3Client owner = owner()) {
            owner.createBucket(create -> create.bucket(BUCKET));
        }
        bucket = bucket(BUCKET);
    }

    @AfterAll
    static void stopS3() {
        bucket.close();
        S3.shutdown();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static URI endpoint() {
        return URI.create("http://127.0.0.1:" + PORT);
    }

    private static S3Client owner() {
        return S3Client.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    private static S3Store bucket(String name) {
        return new S3Store(
                new DocumentProperties.S3(name, endpoint(), "us-east-1", "received/", "key", "secret", null),
                Duration.ofSeconds(10));
    }

    static Stream<ObjectStore> stores() {
        return Stream.of(new FolderStore(folder.resolve("kept")), bucket);
    }

    private static String key() {
        return (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
    }

    private static Path file(byte[] content) throws IOException {
        return Files.write(Files.createTempFile(folder, "spooled", ""), content);
    }

    private static byte[] read(ObjectStore store, String key, long from) throws IOException {
        try (InputStream content = store.open(key, from)) {
            return content.readAllBytes();
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("stores")
    void whatIsPutIsThereFromAnyPlaceOn(ObjectStore store) throws IOException {
        String key = key();
        byte[] content = Samples.jpeg(300_000);

        store.put(key, file(content));

        assertThat(read(store, key, 0)).isEqualTo(content);
        assertThat(read(store, key, 299_990)).hasSize(10).endsWith(content[299_999]);
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("stores")
    void whatIsPutAgainIsThereOnce(ObjectStore store) throws IOException {
        String key = key();
        store.put(key, file(Samples.jpeg(500)));
        store.put(key, file(Samples.png()));

        assertThat(read(store, key, 0)).isEqualTo(Samples.png());
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("stores")
    void whatIsDeletedIsGoneAndCanBeDeletedAgain(ObjectStore store) throws IOException {
        String key = key();
        store.put(key, file(Samples.png()));

        store.delete(key);
        store.delete(key);

        assertThatThrownBy(() -> store.open(key, 0)).isInstanceOf(NoSuchFileException.class);
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("stores")
    void whoStopsReadingEarlyDoesNotDisturbTheNext(ObjectStore store) throws IOException {
        String key = key();
        byte[] content = Samples.jpeg(2_000_000);
        store.put(key, file(content));

        try (InputStream partly = store.open(key, 0)) {
            assertThat(partly.read()).isEqualTo(0xff);
        }

        assertThat(read(store, key, 0)).isEqualTo(content);
    }

    @Test
    void objectsOfABucketLieUnderThePrefixAndNothingElseIsNamed() throws IOException {
        String key = key();
        bucket.put(key, file(Samples.png()));

        try (S3Client owner = owner()) {
            List<String> keys = owner.listObjectsV2(list -> list.bucket(BUCKET)).contents().stream()
                    .map(S3Object::key)
                    .toList();
            assertThat(keys).contains("received/" + key);
        }
    }

    @Test
    void aBucketThatIsNotThereIsAFailureAndNoMissingFile() throws IOException {
        Path content = file(Samples.png());
        try (S3Store nowhere = bucket("not-there")) {
            assertThatThrownBy(() -> nowhere.put(key(), content)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aKeyCannotLeadOutOfTheFolder() {
        ObjectStore store = new FolderStore(folder);

        assertThatThrownBy(() -> store.open("../../etc/passwd", 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
