package org.casewire.events.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "93.184.216.34",
                "172.15.0.1",
                "172.32.0.1",
                "100.63.255.255",
                "2606:4700::1111",
                "2a00::1"
            })
    void whatEverybodyReachesIsPublic(String address) {
        assertThat(PublicAddress.isPublic(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.1.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.170",
                "192.0.2.1",
                "192.168.1.1",
                "198.18.0.1",
                "203.0.113.9",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "::ffff:8.8.8.8",
                "64:ff9b::a00:1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "ff02::1",
                "2001:db8::1",
                "2001::1",
                "2002:a00:1::"
            })
    void whatLiesInsideIsNot(String address) {
        // Java itself turns a mapped address into the IPv4 one inside.
        assertThat(PublicAddress.isPublic(InetAddress.ofLiteral(address))).isEqualTo(address.equals("::ffff:8.8.8.8"));
    }

    @ParameterizedTest
    @CsvSource({
        "files.example.org,", "8.8.8.8, true", "[2606:4700::1111], true", "127.0.0.1, false", "[::1], false",
        "[::ffff:127.0.0.1], false", "localhost, false", "a.localhost, false", "LOCALHOST., false", "intranet, false",
        "db.internal, false", "printer.local, false", "2130706433, false", "0x7f000001, false", "127.1, false",
        "0177.0.0.1, false", "300.1.1.1, false", "08.8.8.8, false"
    })
    void aHostTellsWhatItCanWithoutAskingAnybody(String host, Boolean isPublic) {
        assertThat(PublicAddress.isPublic(host).orElse(null)).isEqualTo(isPublic);
    }
}
