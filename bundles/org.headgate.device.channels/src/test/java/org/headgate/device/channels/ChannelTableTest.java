package org.headgate.device.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelTableTest {
    private static final String HEADER =
            "name,source,type,unit,access,scale,offset,mask,shift,min,max,report,deadband,every,poll,safe,options";

    private static List<ChannelText> read(String csv) {
        ChannelTable.Contents contents = ChannelTable.read(csv);
        assertThat(contents.problems()).isEmpty();
        return contents.channels();
    }

    @Test
    void writesOneColumnAnOption() {
        String csv = ChannelTable.write(List.of(
                ChannelTextTest.text("power", "holding/100 int16 order=CDAB scale=0.1 unit=kW report=change"),
                ChannelTextTest.text("odd", "a,\"b\";c access=rw")));
        assertThat(csv)
                .isEqualTo(HEADER + "\r\n" + "power,holding/100,int16,kW,,0.1,,,,,,change,,,,,order=CDAB\r\n"
                        + "odd,\"a,\"\"b\"\";c\",,,rw,,,,,,,,,,,,\r\n");
        assertThat(read(csv)).extracting(ChannelText::source).containsExactly("holding/100", "a,\"b\";c");
    }

    @Test
    void whatWasWrittenIsReadBack() {
        Random random = new Random(3);
        List<String> sources = List.of("", "holding/1", "ns=2;s=A,B", "\"q\"", "µ\u20AC");
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "unit",
                "°C",
                "access",
                "rw",
                "scale",
                "0.5",
                "min",
                "-1",
                "max",
                "1e3",
                "report",
                "change",
                "poll",
                "10s",
                "safe",
                "0",
                "order",
                "x=\"1;2\"",
                "note",
                "a,b"));
        for (int n = 0; n < 500; n++) {
            List<ChannelText> channels = new ArrayList<>();
            for (int i = 0; i < random.nextInt(5); i++) {
                Map<String, String> options = new LinkedHashMap<>(all);
                options.keySet().removeIf(key -> random.nextBoolean());
                Optional<String> type = random.nextBoolean() ? Optional.of("int32") : Optional.empty();
                channels.add(new ChannelText("c" + i, sources.get(random.nextInt(sources.size())), type, options));
            }
            String csv = ChannelTable.write(channels);
            assertThat(read(csv)).isEqualTo(channels);
            assertThat(ChannelTable.write(read(csv))).isEqualTo(csv);
            assertThat(read(spreadsheet(csv))).isEqualTo(channels);
        }
    }

    /** What a spreadsheet makes of it: everything quoted, LF, a byte order mark, empty lines and columns at the end. */
    private static String spreadsheet(String csv) {
        StringBuilder other = new StringBuilder("\uFEFF");
        Csv file = Csv.parse(csv);
        for (Csv.Line line : file.lines()) {
            for (String field : line.fields()) {
                other.append("\" ").append(field.replace("\"", "\"\"")).append("\u00A0\";");
            }
            other.append(";\n");
        }
        return other.append(";;;;\n\n").toString();
    }

    @Test
    void columnsMayStandInAnyOrderAndBeMissing() {
        assertThat(read("Unit;NAME;source\nkW; power ;a/1\n"))
                .containsExactly(ChannelTextTest.text("power", "a/1 unit=kW"));
        assertThat(read("sep=;\r\nname;source\r\nx;a,b\r\n")).containsExactly(ChannelTextTest.text("x", "a,b"));
        assertThat(read("name\tsource\nx\ta")).containsExactly(ChannelTextTest.text("x", "a"));
        assertThat(read("name,scale\nx,2")).containsExactly(ChannelTextTest.text("x", "scale=2"));
    }

    /** The header, one line, and what is said. {@code ~} stands for a line break. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name;scale | x;0,1 | line 2: scale: 0,1 (expected: a decimal point: 0.1)",
                "name,scal | x,1 | line 1: column scal: unknown (expected: did you mean scale?)",
                "name,colour | x,1 | line 1: column colour: unknown (expected: one of name, source",
                "source,type | x,int16 | line 1: column name: missing",
                "name,name | x,y | line 1: column name: twice",
                "name,source | ,a | line 2: name: missing",
                "name,source | X,a | line 2: channel.X: a (expected: a channel's name",
                "name,source | x,a~y,b~x,c | line 4: name: x (expected: each name once; it stands in line 2 too)",
                "name,type | x,word | line 2: type: word (expected: bool",
                "name,source | x,a b | line 2: source: a b (expected: no blanks)",
                "name,source | x,scale=2 | line 2: source: scale=2 (expected: a source that does not",
                "name,source | x,a,b | line 2: a cell without a column: b",
                "name,options | x,scale=1 | line 2: options: scale=1 (expected: key=value of the driver's own",
                "name,options | x,alone | line 2: options: alone (expected: key=value",
                "name,source,min,max | x,a,2,1 | line 2: channel.x: a min=2 max=1 (expected: min below max)",
                "name,source | x,\"a | line 2: the quote that is opened in line 2 is never closed",
                "name,source | x,a\"b | line 2: a\"b (expected: a field with a quote in quotes",
                "name,source | x,\"a\"b | line 2: a quote ends before its field does",
            })
    void namesTheLineAndWhatIsWrongWithIt(String header, String lines, String expected) {
        ChannelTable.Contents contents = ChannelTable.read(header + "\n" + lines.replace("~", "\n") + "\n");
        assertThat(contents.problems())
                .anySatisfy(problem -> assertThat(problem).startsWith(expected));
    }

    @Test
    void everyWrongLineIsNamed() {
        ChannelTable.Contents contents = ChannelTable.read("name,scale\na,0\n\"b\nb\",1\nc,1\nd,x\n\"e\"e,1\n");
        assertThat(contents.problems())
                .extracting(problem -> problem.substring(0, 6))
                .containsExactly("line 2", "line 3", "line 6", "line 7");
        assertThat(ChannelTable.read("").problems()).singleElement().asString().contains("line 1");
        assertThat(ChannelTable.read("name\n").channels()).isEmpty();
    }

    @Test
    void aDecimalCommaThatShiftsTheRestOfTheLineIsOneProblem() {
        ChannelTable.Contents contents = ChannelTable.read(
                "name,source,type,scale,offset,min,max,report,deadband,every,poll\na,holding/1,int16,0,1,,0,400,change,0.5,60s,\n");
        assertThat(contents.problems())
                .containsExactly(
                        "line 2: cells: 12 (expected: 11 as in the header; a number has a decimal point, a cell with a"
                                + " comma quotes)");
    }

    @Test
    void tooManyCellsAreNoProblemWhenTheyAreEmpty() {
        assertThat(read("name,source,\nx,a,,,\n")).hasSize(1);
    }
}
