package org.casewire.twin.media;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;
import java.util.Optional;
import org.casewire.twin.http.Problem;

/** {@code GET /twin/samples/{name}}: pictures to send, drawn here. */
public final class Samples implements HttpService {

    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;

    // Drawn once and kept: together they weigh a few kilobytes.
    private final Map<String, byte[]> pictures = Map.of(
            "sunset.png", PngPicture.draw(WIDTH, HEIGHT, Samples::sunset),
            "receipt.png", PngPicture.draw(WIDTH, HEIGHT, Samples::receipt));

    @Override
    public void routing(HttpRules rules) {
        rules.get("/{name}", this::serve).head("/{name}", this::describe);
    }

    private void serve(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "image/png").send(picture(request));
    }

    private void describe(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "image/png")
                .header(HeaderNames.CONTENT_LENGTH, Integer.toString(picture(request).length))
                .send();
    }

    private byte[] picture(ServerRequest request) {
        return Optional.ofNullable(pictures.get(request.path().pathParameters().get("name")))
                .orElseThrow(() -> Problem.notFound("NO_SUCH_SAMPLE", "The samples are sunset.png and receipt.png."));
    }

    private static int sunset(int x, int y) {
        int fromSun = (x - 160) * (x - 160) + (y - 150) * (y - 150);
        if (y > 170) {
            return 0x1f3b57 + ((y * 7 + x / 9) % 23) * 0x010101;
        }
        return fromSun < 2_500 ? 0xffe08a : (0xf0 - y / 4) << 16 | (0x60 + y / 3) << 8 | 0x70;
    }

    private static int receipt(int x, int y) {
        boolean paper = x > 90 && x < 230 && y > 15 && y < 225;
        boolean line = paper && y % 18 < 5 && y > 40 && y < 200 && x > 105 && x < 130 + (y * 37) % 85;
        return line ? 0x333333 : paper ? 0xfdfdf8 : 0x8fa3b5;
    }
}
