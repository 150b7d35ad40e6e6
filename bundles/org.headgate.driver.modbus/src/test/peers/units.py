# Units that are not ours (pymodbus). Arguments: tcp | rtu-tcp | rtu TTY. Prints the port. Units 1 and 2; registers as below, what is not there is refused.
import asyncio
import struct
import sys

from pymodbus.datastore import ModbusServerContext, ModbusSlaveContext, ModbusSparseDataBlock
from pymodbus.server.async_io import ModbusSerialServer, ModbusTcpServer
from pymodbus.transaction import ModbusRtuFramer, ModbusSocketFramer


def registers(layout, *values):
    data = struct.pack(">" + layout, *values)
    return list(struct.unpack(f">{len(data) // 2}H", data))


def swapped(words):
    return list(reversed(words))


holding = {address: address * 3 for address in list(range(0, 20)) + list(range(24, 60)) + list(range(70, 200))}


def put(address, words):
    holding.update({address + i: word for i, word in enumerate(words)})


put(100, registers("f", 230.5))
put(102, swapped(registers("f", -0.25)))
put(104, registers("d", 1e100))
put(108, registers("q", -1234567890123456789))
put(112, registers("i", -70000))
put(114, registers("h", -3))
put(120, registers("16s", b"EM340-DIN\0"))
put(130, [0x1234, 0x5678])
put(140, [0b1000])
inputs = {address: 1000 + address for address in range(0, 300)}
bits = {address: address % 3 == 0 for address in list(range(0, 100)) + list(range(120, 2500))}


def unit():
    return ModbusSlaveContext(
        co=ModbusSparseDataBlock(dict(bits)),
        di=ModbusSparseDataBlock(dict(bits)),
        ir=ModbusSparseDataBlock(dict(inputs)),
        hr=ModbusSparseDataBlock(dict(holding)),
        zero_mode=True,
    )


async def main():
    context = ModbusServerContext(slaves={1: unit(), 2: unit()}, single=False)
    if sys.argv[1] == "rtu":
        server = ModbusSerialServer(
            context, ModbusRtuFramer, port=sys.argv[2], baudrate=115200, ignore_missing_slaves=True, timeout=0.01)
        await server.start()
        print("ready", flush=True)
        await server.serve_forever()
    framer = ModbusSocketFramer if sys.argv[1] == "tcp" else ModbusRtuFramer
    server = ModbusTcpServer(
        context, framer, address=("127.0.0.1", 0), ignore_missing_slaves=True, allow_reuse_address=True, backlog=100)
    running = asyncio.ensure_future(server.serve_forever())
    await server.serving
    print("ready", server.server.sockets[0].getsockname()[1], flush=True)
    await running


asyncio.run(main())
