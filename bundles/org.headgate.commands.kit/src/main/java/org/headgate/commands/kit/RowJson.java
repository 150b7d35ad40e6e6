package org.headgate.commands.kit;

import org.headgate.console.api.Json;
import org.headgate.data.api.Quality;
import org.headgate.data.api.Row;

/** A row as {@code --json} prints it: {@code {"stream":...,"time":ms,"data":{...},"quality":{...}}}. */
public final class RowJson {
    private RowJson() {}

    /** ABSENT values are left out; BAD ones are null; whatever is not GOOD is named under {@code quality}. */
    public static Json of(String stream, Row row) {
        Json data = new Json();
        Json quality = new Json();
        boolean doubtful = false;
        for (int i = 0; i < row.schema().size(); i++) {
            String name = row.schema().column(i).name();
            if (row.quality(i) != Quality.ABSENT) {
                data.put(name, row.object(i));
            }
            if (row.quality(i) != Quality.GOOD && row.quality(i) != Quality.ABSENT) {
                quality.put(name, row.quality(i));
                doubtful = true;
            }
        }
        Json json = new Json()
                .put("stream", stream)
                .put("time", row.timeNanos() / 1_000_000)
                .put("data", data);
        return doubtful ? json.put("quality", quality) : json;
    }
}
