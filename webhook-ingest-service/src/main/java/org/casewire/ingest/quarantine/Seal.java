package org.casewire.ingest.quarantine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** AES-256-GCM with a key derived from the operator's; what is sealed opens only in the place it was sealed for. */
@Component
@EnableConfigurationProperties(QuarantineProperties.class)
class Seal {

    private static final Logger log = LoggerFactory.getLogger(Seal.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY = 32;

    private final SecretKey key;
    private final String name;

    Seal(QuarantineProperties properties) {
        String secret = properties.key() == null ? madeOnce(properties.keyFile()) : properties.key();
        this.key = derived(secret, "casewire quarantine", KEY);
        this.name = HexFormat.of()
                .formatHex(derived(secret, "casewire quarantine key name", 4).getEncoded());
    }

    /** Which key this is; says nothing about it. */
    String keyName() {
        return name;
    }

    byte[] seal(byte[] open, String place) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(open);
            byte[] result = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, result, NONCE, sealed.length);
            return result;
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("Nothing can be sealed", failure);
        }
    }

    /** Empty when it was sealed with another key, for another place, or changed since. */
    Optional<byte[]> open(byte[] sealed, String place) {
        if (sealed.length < NONCE) {
            return Optional.empty();
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE), place);
            return Optional.of(cipher.doFinal(sealed, NONCE, sealed.length - NONCE));
        } catch (GeneralSecurityException notOurs) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static SecretKey derived(String secret, String purpose, int length) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(secret.getBytes(StandardCharsets.UTF_8))
                                    .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), length));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("This Java runtime lacks HKDF-SHA256", missing);
        }
    }

    private static String madeOnce(Path file) {
        String fresh = fresh();
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder, only("rwx------"));
            }
            write(file, fresh);
            return fresh;
        } catch (FileAlreadyExistsException thereAlready) {
            return read(file, fresh);
        } catch (IOException failure) {
            return unkept(failure, fresh);
        }
    }

    private static String fresh() {
        byte[] random = new byte[KEY];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static void write(Path file, String secret) throws IOException {
        try (var channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), only("rw-------"))) {
            channel.write(ByteBuffer.wrap(secret.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> only(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    private static String read(Path file, String otherwise) {
        try {
            String secret = Files.readString(file).strip();
            if (secret.length() < KEY) {
                throw new IOException("it holds no key");
            }
            return secret;
        } catch (IOException failure) {
            return unkept(failure, otherwise);
        }
    }

    /** The quarantine is no reason to refuse webhooks; whether the folder will do is for the spool to say. */
    private static String unkept(IOException failure, String fresh) {
        log.atWarn()
                .addKeyValue("failure", failure.getClass().getSimpleName())
                .log("The quarantine's key can be neither read nor made: after a restart what is kept now cannot be"
                        + " opened. Make the folder of casewire.ingest.quarantine.key-file writable, or set .key");
        return fresh;
    }
}
