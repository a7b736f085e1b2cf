package org.casewire.frontdoor.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTests {

    @TempDir
    Path folder;

    @Test
    void aMissingFileIsMadeForItsOwnerAloneAndUsedAgain() throws Exception {
        Path file = folder.resolve("new/keys.json");

        JWKSet first = SigningKeys.at(file);
        JWKSet second = SigningKeys.at(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(second.getKeys()).isEqualTo(first.getKeys());
        assertThat(first.getKeys().getFirst().isPrivate()).isTrue();
    }

    @Test
    void aFileWithoutPrivateKeysIsRefused() throws Exception {
        JWKSet keys = new JWKSet(new RSAKeyGenerator(2048).keyID("k").generate());
        Path file = Files.writeString(folder.resolve("keys.json"), keys.toString(true));

        assertThatThrownBy(() -> SigningKeys.at(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("private RSA keys")
                .hasMessageContaining(file.toString());
    }

    @Test
    void aFileThatIsNoKeySetIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("keys.json"), "hello");

        assertThatThrownBy(() -> SigningKeys.at(file)).hasMessageContaining("no JWK set");
    }
}
