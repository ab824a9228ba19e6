-- Sets a PIN, clears it, or notes the day on which its device was seen.
-- KEYS a; ARGV 1 device, 2 SET, CLEAR or SEEN, 3 row, or day
local a = KEYS[1]
local there = redis.call('HMGET', a, 'i', 'p')
if string.sub(there[1] or '', 1, 16) ~= ARGV[1] then return 0 end
if ARGV[2] == 'SET' then redis.call('HSET', a, 'p', ARGV[3]) end
if ARGV[2] == 'CLEAR' then redis.call('HDEL', a, 'p') end
if ARGV[2] == 'SEEN' and there[2] and number(string.sub(there[2], 2, 9)) < number(ARGV[3]) then
  redis.call('HSET', a, 'p', string.sub(there[2], 1, 1) .. ARGV[3] .. NEVER .. string.sub(there[2], 18))
end
return 1
