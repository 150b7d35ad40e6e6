package org.headgate.driver.mqtt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of a page of {@code docs/recipes}, as a reader would copy them. */
record Recipe(String text) {
    static Recipe of(String name) throws IOException {
        return new Recipe(Files.readString(Path.of("../../docs/recipes", name + ".md")));
    }

    /** The block of a kind. */
    String block(String kind) {
        Matcher block =
                Pattern.compile("```" + kind + "\n(.*?)```", Pattern.DOTALL).matcher(text);
        if (!block.find()) {
            throw new IllegalStateException("no block " + kind);
        }
        return block.group(1);
    }

    /** The device's file, for a broker that is elsewhere. */
    String[] device(String address) {
        List<String> lines = new ArrayList<>();
        for (String line : block("device").split("\n")) {
            lines.add(line.startsWith("address") ? "address = " + address : line);
        }
        return lines.toArray(String[]::new);
    }
}
