package org.casewire.routing.document;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Keeps files in a bucket of any store that speaks S3. */
final class S3Store implements ObjectStore, AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration READ = Duration.ofSeconds(20);

    private final S3Client s3;
    private final String bucket;
    private final String prefix;

    /** @param patience how long one call may take, its repetitions included */
    S3Store(DocumentProperties.S3 settings, Duration patience) {
        this.bucket = settings.bucket();
        this.prefix = settings.prefix();
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(settings.region()))
                .forcePathStyle(settings.usesPathStyle())
                .credentialsProvider(credentials(settings))
                // Newer checksums and chunked uploads are Amazon's own; not every store knows them.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
                .overrideConfiguration(calls -> calls.apiCallTimeout(patience))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(READ));
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        this.s3 = builder.build();
    }

    private static AwsCredentialsProvider credentials(DocumentProperties.S3 settings) {
        return settings.accessKey() == null || settings.secretKey() == null
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(settings.accessKey(), settings.secretKey()));
    }

    @Override
    public void put(String key, Path content) throws IOException {
        try {
            s3.putObject(put -> put.bucket(bucket).key(prefix + key), RequestBody.fromFile(content));
        } catch (SdkException failure) {
            throw new IOException("The store does not take a file", failure);
        }
    }

    @Override
    public InputStream open(String key, long from) throws IOException {
        try {
            ResponseInputStream<GetObjectResponse> content =
                    s3.getObject(get -> get.bucket(bucket).key(prefix + key).range("bytes=" + from + "-"));
            return new Aborting(content);
        } catch (NoSuchKeyException missing) {
            throw new NoSuchFileException(key);
        } catch (SdkException failure) {
            throw new IOException("The store does not give a file", failure);
        }
    }

    /** Who stops reading early does not wait for the rest. */
    private static final class Aborting extends FilterInputStream {

        private final ResponseInputStream<GetObjectResponse> content;

        Aborting(ResponseInputStream<GetObjectResponse> content) {
            super(content);
            this.content = content;
        }

        @Override
        public void close() {
            content.abort();
        }
    }

    @Override
    public void delete(String key) throws IOException {
        try {
            s3.deleteObject(delete -> delete.bucket(bucket).key(prefix + key));
        } catch (SdkException failure) {
            throw new IOException("The store does not delete a file", failure);
        }
    }

    @Override
    public void close() {
        s3.close();
    }
}
