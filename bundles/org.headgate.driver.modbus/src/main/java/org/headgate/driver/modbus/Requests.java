package org.headgate.driver.modbus;

import com.ghgande.j2mod.modbus.msg.MaskWriteRegisterRequest;
import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ReadCoilsRequest;
import com.ghgande.j2mod.modbus.msg.ReadInputDiscretesRequest;
import com.ghgande.j2mod.modbus.msg.ReadInputRegistersRequest;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersRequest;
import com.ghgande.j2mod.modbus.msg.WriteCoilRequest;
import com.ghgande.j2mod.modbus.msg.WriteMultipleCoilsRequest;
import com.ghgande.j2mod.modbus.msg.WriteMultipleRegistersRequest;
import com.ghgande.j2mod.modbus.msg.WriteSingleRegisterRequest;
import com.ghgande.j2mod.modbus.procimg.Register;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import com.ghgande.j2mod.modbus.util.BitVector;

/** Requests as bytes, by j2mod: the function code, then what belongs to it. Made once for what is read over and over. */
final class Requests {
    private Requests() {}

    /** Reads registers or bits of a table. */
    static byte[] read(Table table, int from, int count) {
        return bytes(
                switch (table) {
                    case COIL -> new ReadCoilsRequest(from, count);
                    case DISCRETE -> new ReadInputDiscretesRequest(from, count);
                    case INPUT -> new ReadInputRegistersRequest(from, count);
                    case HOLDING -> new ReadMultipleRegistersRequest(from, count);
                });
    }

    /** Writes a coil with function 5, or 15. */
    static byte[] coil(int address, boolean on, boolean multiple) {
        if (!multiple) {
            return bytes(new WriteCoilRequest(address, on));
        }
        BitVector coils = new BitVector(1);
        coils.setBit(0, on);
        return bytes(new WriteMultipleCoilsRequest(address, coils));
    }

    /** Writes registers with function 6 where it is one, or 16. */
    static byte[] registers(int address, byte[] values, boolean multiple) {
        Register[] registers = new Register[values.length / 2];
        for (int i = 0; i < registers.length; i++) {
            registers[i] = new SimpleRegister(values[2 * i], values[2 * i + 1]);
        }
        return bytes(
                registers.length == 1 && !multiple
                        ? new WriteSingleRegisterRequest(address, registers[0])
                        : new WriteMultipleRegistersRequest(address, registers));
    }

    /** Writes some bits of a register with function 22, which keeps those of the first mask. */
    static byte[] mask(int address, int kept, int set) {
        return bytes(new MaskWriteRegisterRequest(address, kept, set));
    }

    private static byte[] bytes(ModbusRequest request) {
        byte[] message = request.getMessage();
        byte[] pdu = new byte[message.length + 1];
        pdu[0] = (byte) request.getFunctionCode();
        System.arraycopy(message, 0, pdu, 1, message.length);
        return pdu;
    }
}
