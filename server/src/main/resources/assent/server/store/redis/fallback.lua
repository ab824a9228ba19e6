-- Decides that a message is not delivered any more, unless it was.
-- KEYS a m s f e x; ARGV 1 sending device and message id, 2 now, 3 remembered until, 4 outcomes max
local a, m, s, f, e, x = unpack(KEYS)
local id = ARGV[1]
local known = redis.call('HGET', s, id)
if known and (state(known) == 1 or state(known) == 2) then return 'DELIVERED' end
if known and state(known) == WAITING then drop(a, m, s, e, id, known) end
if not due(ARGV[3], ARGV[2]) then fallsBack(f, e, x, id, ARGV[3], DECIDED, tonumber(ARGV[4])) end
return 'FELL'
