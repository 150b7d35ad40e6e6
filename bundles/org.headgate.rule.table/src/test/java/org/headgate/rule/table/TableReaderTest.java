package org.headgate.rule.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.headgate.data.api.Row;
import org.headgate.data.api.Type;
import org.headgate.rule.language.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableReaderTest {
    @Test
    void theNarrowestTypeThatAllCellsHaveIsTheColumns() throws TableException {
        Table table = csv("id,limit,on,code,note\n1,2,true,007,\n-2,2.5,false,12,x\n");
        assertThat(columns(table))
                .containsExactly("id LONG", "limit DOUBLE", "on BOOLEAN", "code STRING", "note STRING");
        assertThat(table.rows()).hasSize(2);
        assertThat(table.rows().get(0).asLong(0)).isEqualTo(1);
        assertThat(table.rows().get(0).asDouble(1)).isEqualTo(2);
        assertThat(table.rows().get(0).asString(3)).isEqualTo("007");
        assertThat(table.rows().get(0).isNull(4)).isTrue();
        assertThat(table.rows().get(1).asString(4)).isEqualTo("x");
    }

    @Test
    void quotedCellsHoldDelimitersQuotesAndLines() throws TableException {
        Table table = csv("\uFEFFid,text\r\n1,\"a, \"\"b\"\"\nc\"\r\n\r\n2,\"\"\r\n3, d \r\n");
        assertThat(table.rows()).extracting(row -> row.asString(1)).containsExactly("a, \"b\"\nc", "", "d");
        assertThat(table.schema().column(0).name()).isEqualTo("id");
    }

    @Test
    void givenColumnsAreAllThatTheTableHas() throws TableException {
        Map<String, Type> columns = new LinkedHashMap<>();
        columns.put("name", Type.STRING);
        columns.put("id", Type.DOUBLE);
        Table table = TableReader.csv(bytes("id;more;name\n1;2;3\n"), ';', columns, Optional.empty());
        assertThat(columns(table)).containsExactly("name STRING", "id DOUBLE");
        assertThat(table.rows().get(0).asString(0)).isEqualTo("3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a,b\\n1|line 2: 1 cells (expected: 2)",
                "a,b\\n1,2\\n\\n1,2,3|line 4: 3 cells (expected: 2)",
                "a,a\\n1,2|column a: twice (expected: a name for each column)",
                "a,\\n1,2|a column without a name (expected: a name for each column)",
                "a\\n\"1|line 2: a quote that is not closed (expected: \" at the cell's end)",
                "a\\n\"1\"2|line 2: text behind a closing quote (expected: ','; a quote within a cell is written twice)",
                "b\\n1|column id: missing (there are b)",
            })
    void aMistakeIsNamedWithItsPlace(String file, String message) {
        assertThatThrownBy(() -> TableReader.csv(
                        bytes(file.replace("\\n", "\n")),
                        ',',
                        Map.of(),
                        message.contains(" id") ? Optional.of("id") : Optional.empty()))
                .isInstanceOf(TableException.class)
                .hasMessage(message);
    }

    @Test
    void aKeyIsThereOnceInEachRow() {
        assertThatThrownBy(() -> TableReader.csv(bytes("id\n1\n2\n1\n"), ',', Map.of(), Optional.of("id")))
                .hasMessage("line 4: id 1 is in line 2 (expected: another value in each row, being the key)");
        assertThatThrownBy(() -> TableReader.csv(bytes("id,b\n,2\n"), ',', Map.of(), Optional.of("id")))
                .hasMessage("line 2: id missing (expected: a value in every row, being the key)");
        assertThatThrownBy(() -> TableReader.json(bytes("[{\"id\":1},{\"id\":1.0}]"), Map.of(), Optional.of("id")))
                .hasMessage("row 2: id 1.0 is in row 1 (expected: another value in each row, being the key)");
    }

    @Test
    void aCellThatDoesNotFitItsColumnIsNamed() {
        assertThatThrownBy(() -> TableReader.csv(bytes("id\n1\n1.5\n"), ',', Map.of("id", Type.LONG), Optional.empty()))
                .hasMessage("line 3: id 1.5 (expected: a LONG)");
    }

    @Test
    void anArrayOfObjectsIsATable() throws TableException {
        Table table = TableReader.json(
                bytes("[{\"id\":1,\"l\":[1,2]},{\"id\":2.5,\"x\":true},{\"x\":\"t\",\"id\":null}]"),
                Map.of(),
                Optional.empty());
        assertThat(columns(table)).containsExactly("id DOUBLE", "l ARRAY", "x ANY");
        assertThat(table.rows()).extracting(row -> row.isNull(0)).containsExactly(false, false, true);
        assertThat(table.rows().get(0).object(1)).isEqualTo(List.of(1L, 2L));
    }

    @Test
    void anObjectALineIsATableToo() throws TableException {
        Table table = TableReader.json(bytes("{\"id\":1}\n\n{\"id\":2}\n"), Map.of(), Optional.empty());
        assertThat(table.rows()).extracting((Row row) -> row.asLong(0)).containsExactly(1L, 2L);
        assertThatThrownBy(() -> TableReader.json(bytes("{\"id\":1}\n{"), Map.of(), Optional.empty()))
                .hasMessageStartingWith("line 2, column 2: ");
        assertThatThrownBy(() -> TableReader.json(bytes("[1]"), Map.of(), Optional.empty()))
                .hasMessage("row 1: no object (expected: [{\"id\": 1, \"name\": \"a\"}, ...])");
    }

    @Test
    void aFileThatIsTooLargeOrNoTextIsRefused() {
        assertThatThrownBy(() -> csv("a\n" + "1\n".repeat(TableReader.MAX_ROWS + 1)))
                .hasMessage("too many rows (expected: at most 100000)");
        assertThatThrownBy(() -> csv("a\n" + " ".repeat(TableReader.MAX_BYTES)))
                .hasMessage("4194306 bytes (expected: at most 4194304)");
        assertThatThrownBy(() -> csv("a" + ",b".repeat(300))).hasMessage("too many columns (expected: at most 256)");
        assertThatThrownBy(() -> TableReader.csv(new byte[] {'a', '\n', (byte) 0xC0}, ',', Map.of(), Optional.empty()))
                .hasMessage("not UTF-8 (expected: a text file in UTF-8)");
        assertThatThrownBy(() -> csv("")).hasMessage("line 1: empty (expected: the names of the columns)");
    }

    private static Table csv(String text) throws TableException {
        return TableReader.csv(bytes(text), ',', Map.of(), Optional.empty());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> columns(Table table) {
        return table.schema().columns().stream()
                .map(column -> column.name() + " " + column.type())
                .toList();
    }
}
