package org.casewire.routing.document;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How received files are fetched, and where they are kept.
 *
 * @param folder where they are kept unless {@code s3} is set; all instances must see the same folder
 * @param s3 the bucket they are kept in
 * @param spool where a file lies while it is fetched; by default beside the kept ones, or in the system's own place
 * @param parallel how many are fetched at once by one instance
 * @param connectTimeout of one connection
 * @param readTimeout how long may pass between two packets
 * @param timeout how long one file may take altogether
 * @param lease when another instance takes a file over whose fetcher says nothing any more
 * @param lookAgain how often the database is asked for what nobody told of
 * @param firstBackOff how long after the first failure a file is tried again; doubled each time
 * @param longestBackOff what that grows to
 * @param notFoundFor how long Twilio may say that it does not have a file (yet)
 * @param giveUpAfter how long a file is tried that Twilio fails to give
 * @param deleteAtTwilio whether a file is deleted at Twilio once it is stored here
 */
@ConfigurationProperties("casewire.documents")
record DocumentProperties(
        @DefaultValue("casewire-documents") Path folder,
        @Nullable S3 s3,
        @Nullable Path spool,
        @DefaultValue("32") int parallel,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("15s") Duration readTimeout,
        @DefaultValue("2m") Duration timeout,
        @DefaultValue("5m") Duration lease,
        @DefaultValue("1s") Duration lookAgain,
        @DefaultValue("1s") Duration firstBackOff,
        @DefaultValue("5m") Duration longestBackOff,
        @DefaultValue("30m") Duration notFoundFor,
        @DefaultValue("3d") Duration giveUpAfter,
        @DefaultValue("false") boolean deleteAtTwilio) {

    DocumentProperties {
        if (parallel < 1) {
            throw new IllegalArgumentException("casewire.documents.parallel must be above 0");
        }
        if (lease.compareTo(timeout) <= 0) {
            throw new IllegalArgumentException("casewire.documents.lease must be longer than .timeout, or a file that"
                    + " takes long is fetched twice at once");
        }
    }

    /** How long the store may take for one object; with it a fetch ends within its lease. */
    Duration storeTimeout() {
        return lease.minus(timeout);
    }

    /**
     * An S3-compatible store.
     *
     * @param endpoint of a store that is not Amazon's
     * @param prefix what every key begins with
     * @param accessKey where it is missing, what the machine or the container is given counts
     * @param pathStyle whether the bucket stands in the path; by default it does wherever an endpoint is named
     */
    record S3(
            String bucket,
            @Nullable URI endpoint,
            @DefaultValue("us-east-1") String region,
            @DefaultValue("") String prefix,
            @Nullable String accessKey,
            @Nullable String secretKey,
            @Nullable Boolean pathStyle) {

        S3 {
            if (bucket == null || bucket.isBlank()) {
                throw new IllegalArgumentException("casewire.documents.s3.bucket must name a bucket");
            }
            if ((accessKey == null) != (secretKey == null)) {
                throw new IllegalArgumentException(
                        "casewire.documents.s3.access-key and .secret-key go together: set both or none");
            }
        }

        boolean usesPathStyle() {
            return pathStyle == null ? endpoint != null : pathStyle;
        }

        @Override
        public String toString() {
            return "S3[" + bucket + "]";
        }
    }
}
