package org.headgate.rule.engine;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.headgate.config.api.HomeFiles;
import org.headgate.data.api.Type;
import org.headgate.rule.language.Table;
import org.headgate.rule.table.TableException;
import org.headgate.rule.table.TableReader;

/**
 * A file in {@code HOME/files}.
 *
 * @param file its name, which ends in {@code .csv} or {@code .json}
 * @param columns the types of its columns; empty to find them
 * @param key a column with another value in each row
 */
record FileTable(HomeFiles files, String file, Map<String, Type> columns, Optional<String> key) implements TableSource {
    @Override
    public Object stamp() throws IOException {
        return files.stamp(file);
    }

    @Override
    public Table read() throws IOException, TableException {
        byte[] content = files.read(file, TableReader.MAX_BYTES);
        try {
            return file.endsWith(TableSettings.CSV)
                    ? TableReader.csv(content, ',', columns, key)
                    : TableReader.json(content, columns, key);
        } catch (TableException wrong) {
            throw new TableException(file + ": " + wrong.getMessage());
        }
    }
}
