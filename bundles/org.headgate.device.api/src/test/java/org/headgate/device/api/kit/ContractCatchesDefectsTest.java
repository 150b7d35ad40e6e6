package org.headgate.device.api.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.InvocationTargetException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kit is worth what it catches: each defect is put into a driver that passes otherwise, and its case must fail. */
class ContractCatchesDefectsTest {
    @ParameterizedTest
    @EnumSource(value = Defect.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void catches(Defect defect) throws Exception {
        LineContract contract = new LineContract(defect);
        contract.start();
        try {
            assertThat(catchThrowable(() -> run(contract, defect)))
                    .as(defect + " passes " + defect.caughtBy)
                    .isNotNull()
                    .isNotInstanceOf(NoSuchMethodException.class);
        } finally {
            contract.stop();
        }
    }

    private static void run(DriverContract contract, Defect defect) throws Throwable {
        try {
            if (DriverContract.class.getMethod(defect.caughtBy).invoke(contract) instanceof Stream<?> cases) {
                for (DynamicTest test : cases.map(DynamicTest.class::cast)
                        .filter(each -> each.getDisplayName().contains(defect.inCase))
                        .toList()) {
                    test.getExecutable().execute();
                }
            }
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }
}
