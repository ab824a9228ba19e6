-- All members, and removes those that were silent for too long. KEYS: the members. ARGV: how long that is (s).
-- Replies for each: gateway, how many seconds ago it said how it is, how it is.
local now = tonumber(redis.call('TIME')[1])
local rows = redis.call('HGETALL', KEYS[1])
local all = {}
for i = 1, #rows, 2 do
  local space = string.find(rows[i + 1], ' ', 1, true)
  local silent = now - tonumber(string.sub(rows[i + 1], 1, space - 1))
  if silent > tonumber(ARGV[1]) then
    redis.call('HDEL', KEYS[1], rows[i])
  else
    all[#all + 1] = rows[i]
    all[#all + 1] = string.format('%.0f', silent)
    all[#all + 1] = string.sub(rows[i + 1], space + 1)
  end
end
return all
