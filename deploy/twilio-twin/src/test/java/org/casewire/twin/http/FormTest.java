package org.casewire.twin.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.casewire.twin.http.Form.Field;
import org.junit.jupiter.api.Test;

class FormTest {

    @Test
    void whatIsEncodedIsReadBack() {
        Form form = new Form()
                .add("Body", "a+b = c & d % 😀 é\n")
                .add("Empty", "")
                .add("MediaUrl", "one")
                .add("MediaUrl", "two");

        Form read = Form.parse(form.encoded());

        assertThat(read.fields()).isEqualTo(form.fields());
        assertThat(read.all("MediaUrl")).containsExactly("one", "two");
    }

    @Test
    void oddFormsAreTakenAsTheyStand() {
        assertThat(Form.parse("a=1&&b&c=%zz&d=%4&=x&e=%41%").fields())
                .containsExactly(
                        new Field("a", "1"),
                        new Field("b", ""),
                        new Field("c", "%zz"),
                        new Field("d", "%4"),
                        new Field("", "x"),
                        new Field("e", "A%"));
    }

    @Test
    void rawUtf8IsUnderstood() {
        assertThat(Form.parse("Body=é".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .first("Body"))
                .isEqualTo("é");
    }
}
