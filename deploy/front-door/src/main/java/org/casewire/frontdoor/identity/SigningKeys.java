package org.casewire.frontdoor.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/** The keys tokens are signed with: the first of the file signs, every one of it is published. */
final class SigningKeys {

    private static final int BITS = 2048;

    private SigningKeys() {}

    static JWKSet at(@Nullable Path file) {
        if (file == null) {
            return new JWKSet(fresh());
        }
        try {
            return Files.exists(file) ? read(file) : create(file);
        } catch (FileAlreadyExistsException anotherWasFaster) {
            return read(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The signing keys cannot be written to " + file, e);
        }
    }

    private static JWKSet read(Path file) {
        try {
            JWKSet keys = JWKSet.load(file.toFile());
            if (keys.getKeys().isEmpty() || !keys.getKeys().stream().allMatch(SigningKeys::signs)) {
                throw new IllegalStateException(
                        "The signing key file " + file
                                + " must hold private RSA keys with a kid; move it away and a new one is made at the next start");
            }
            return keys;
        } catch (IOException | ParseException e) {
            throw new IllegalStateException("The signing key file " + file + " is no JWK set that can be read", e);
        }
    }

    private static boolean signs(JWK key) {
        return key instanceof RSAKey && key.isPrivate() && key.getKeyID() != null;
    }

    private static JWKSet create(Path file) throws IOException {
        JWKSet keys = new JWKSet(fresh());
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, keys.toString(false));
        return keys;
    }

    private static RSAKey fresh() {
        try {
            return new RSAKeyGenerator(BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("This Java cannot make an RSA key", e);
        }
    }
}
